/** `claims { sub: String, "cognito:groups" as groups: Set<String> }`: what a token says about its bearer, typed. */
import type { Block, Entry, Setting } from "../../../../grammar/ast.ts";
import { finding } from "../../../../grammar/source/diagnostic.ts";
import type { Span } from "../../../../grammar/source/span.ts";
import type { CheckContext } from "../../../check/context.ts";
import { baseOf } from "../../../check/types/built-in-types.ts";
import { printType } from "../../../check/types/print-type.ts";
import { readType } from "../../../check/types/read-type.ts";
import type { Claim } from "../../../model/program.ts";
import type { Type } from "../../../model/types.ts";
import { claimForm, claimName, claimType, repeatedClaim, subjectType } from "./jwt.diagnostics.ts";

/** A claim of a wrong type stays, as poison: rules that read it get no second finding. */
export function readClaims(block: Block | undefined, context: CheckContext): readonly Claim[] {
  const seen = new Map<string, Span>();
  return (block?.entries ?? []).flatMap((entry) => {
    const claim = readClaim(entry, context);
    if (claim === undefined) return [];
    const first = seen.get(claim.name);
    if (first !== undefined) {
      context.report(finding(repeatedClaim, entry.span, { name: claim.name }, [{ span: first, message: "first here" }]));
      return [];
    }
    seen.set(claim.name, entry.span);
    return [claim];
  });
}

function readClaim(entry: Entry, context: CheckContext): Claim | undefined {
  if (entry.kind !== "setting") {
    context.report(finding(claimForm, entry.span, { found: context.written(entry.span, 40) }));
    return undefined;
  }
  const claim = entry.key.kind === "name" ? entry.key.name : entry.key.value;
  const name = entry.alias?.name ?? claim;
  const why = nameProblem(name);
  if (why !== undefined) {
    context.report(finding(claimName, (entry.alias ?? entry.key).span, { name, why }));
    return undefined;
  }
  return { claim, name, type: readClaimType(claim, entry, context), span: entry.span };
}

function nameProblem(name: string): string | undefined {
  if (name === "id") return "`principal.id` is the token's `sub`";
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? undefined : "it is not made of letters, digits and `_`";
}

function readClaimType(claim: string, { value, span }: Setting, context: CheckContext): Type {
  const type = readType(value.terms, span, context.types(span.file), context.report);
  if (claim === "sub" && !isText(type)) {
    context.report(finding(subjectType, value.span, {}));
    return { kind: "poison" };
  }
  if (isJson(type)) return type;
  context.report(finding(claimType, value.span, { name: claim, type: printType(type) }));
  return { kind: "poison" };
}

function isText(type: Type): boolean {
  const base = baseOf(type);
  return base.kind === "string" || base.kind === "uuid" || base.kind === "literals" || base.kind === "poison";
}

function isJson(type: Type): boolean {
  switch (type.kind) {
    case "optional":
      return isJson(type.type);
    case "newtype":
      return isJson(type.base);
    case "set":
    case "list":
    case "map":
      return isJson(type.element);
    case "record":
      return type.fields.every((field) => isJson(field.type));
    case "network":
    case "regex":
    case "secret":
    case "range":
    case "principal":
      return false;
    default:
      return true;
  }
}
