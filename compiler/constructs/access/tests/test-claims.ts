/** The caller of a test: fields by their GWL names, each of its declared type; who it is is always there. */
import type { Block, Setting } from "../../../../grammar/ast.ts";
import { finding } from "../../../../grammar/source/diagnostic.ts";
import type { Span } from "../../../../grammar/source/span.ts";
import type { CheckContext } from "../../../check/context.ts";
import { didYouMean } from "../../../check/did-you-mean.ts";
import { checkValue } from "../../../check/expressions/check-expression.ts";
import { evaluateConstant } from "../../../check/expressions/evaluate-constant.ts";
import type { Place } from "../../../check/expressions/place.ts";
import { CALLER_FACTS, callersLike } from "../../../model/callers-like.ts";
import type { Identity, SigV4Identity } from "../../../model/program.ts";
import type { Type, Value } from "../../../model/types.ts";
import { duplicateSetting, strayEntry } from "../../frame.diagnostics.ts";
import { missingClaim, testNotConstant, unclearCaller, unknownClaim } from "./test.diagnostics.ts";

type Fields = Readonly<Record<string, Value>>;

/** Undefined after a finding. */
export function testClaims(identity: Identity, block: Block, head: Span, place: Place, context: CheckContext): Fields | undefined {
  const types = claimTypes(identity);
  const settings = new Map<string, Setting>();
  const values = new Map<string, Value>();
  let isGood = true;
  for (const entry of block.entries) {
    const name = entry.kind === "setting" ? (entry.key.kind === "name" ? entry.key.name : entry.key.value) : "";
    if (entry.kind !== "setting" || settings.has(name)) {
      const first = settings.get(name);
      if (first === undefined)
        context.report(
          finding(strayEntry, entry.span, { what: `\`${context.written(entry.span, 40)}\``, place: "the fields of a caller" }),
        );
      else context.report(finding(duplicateSetting, entry.span, { name }, [{ span: first.span, message: "first set here" }]));
      isGood = false;
      continue;
    }
    settings.set(name, entry);
    const value = claimValue(entry, name, types, { identity, place, context });
    if (value === undefined) isGood = false;
    else values.set(name, value);
  }
  if (isGood && identity.kind === "sigv4" && !isOneCaller(identity, Object.fromEntries(values), head, context)) return undefined;
  const missing = [...types].find(([name, type]) => type.kind !== "optional" && !settings.has(name));
  if (missing !== undefined) context.report(finding(missingClaim, head, { identity: identity.name, claim: missing[0] }));
  return isGood && missing === undefined ? Object.fromEntries(values) : undefined;
}

/** What says who it is (`sub` of a token) may be given whether or not the identity declares it; where others say who it is, it need not be. */
function claimTypes(identity: Identity): ReadonlyMap<string, Type> {
  const { claims, kind, subject } = identity;
  if (identity.kind === "sigv4") return new Map(CALLER_FACTS.map((name) => [name, { kind: "optional", type: { kind: "string" } }]));
  const declared = new Map(claims.map((claim) => [claim.name, claim.type]));
  const name: Type = { kind: "string", minLength: 1, maxLength: 256 };
  const isAnswered = kind === "http" || kind === "lambda";
  if (!claims.some((claim) => claim.claim === subject)) declared.set(subject, isAnswered ? { kind: "optional", type: name } : name);
  return declared;
}

/** Callers who sign stand in a file: a test says enough to tell which of them it is. */
function isOneCaller({ name, callers }: SigV4Identity, facts: Fields, head: Span, context: CheckContext): boolean {
  const found = callersLike(callers, facts);
  if (found.length === 1) return true;
  context.report(
    finding(unclearCaller, head, {
      identity: name,
      callers: (found.length === 0 ? callers : found).map(({ arn }) => arn),
      isKnown: found.length > 0,
    }),
  );
  return false;
}

type Around = { readonly identity: Identity; readonly place: Place; readonly context: CheckContext };

function claimValue(
  entry: Setting,
  name: string,
  types: ReadonlyMap<string, Type>,
  { identity, place, context }: Around,
): Value | undefined {
  const type = types.get(name);
  if (type === undefined) {
    const holes = { identity: identity.name, claim: name, meant: didYouMean(name, types.keys()) };
    context.report(finding(unknownClaim, entry.key.span, holes, [{ span: identity.span, message: "declared here" }]));
    return undefined;
  }
  const expected = type.kind === "optional" ? type.type : type;
  const expr = checkValue(entry.value, place, context.report, expected);
  if (expr.type.kind === "poison") return undefined;
  const value = evaluateConstant(expr);
  if (value === undefined) context.report(finding(testNotConstant, expr.span, { what: `\`${name}\`` }));
  return value;
}
