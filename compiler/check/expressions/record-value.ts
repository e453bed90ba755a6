/** Records `{ name: value }`: constant, or in mappings made of what is read. */
import type { Block } from "../../../grammar/ast.ts";
import { finding } from "../../../grammar/source/diagnostic.ts";
import type { Span } from "../../../grammar/source/span.ts";
import type { Expr } from "../../model/expression.ts";
import type { Field, Type, Value } from "../../model/types.ts";
import { forbiddenField } from "../types/diagnostics.ts";
import { type Context, type Hint, isPoison, poison, refuse } from "./context.ts";
import { evaluateConstant } from "./evaluate-constant.ts";
import { fit } from "./fit.ts";
import { mappedMember } from "./mapped-record.ts";
import { recordNotConstant, repeatedEntry, wrongEntry } from "./type.diagnostics.ts";

/** `value`: absent where it is known with a request only. */
type Member = { readonly name: string; readonly span: Span; readonly expr: Expr; readonly value: Value | undefined };

export function inferRecord(block: Block, context: Context, hint: Hint | undefined): Expr {
  const members: Member[] = [];
  let broken = false;
  for (const entry of block.entries) {
    if (entry.kind !== "setting" || entry.alias !== undefined) {
      context.report(finding(wrongEntry, entry.span, { what: "a record", form: "name: value" }));
      broken = true;
      continue;
    }
    const name = entry.key.kind === "name" ? entry.key.name : entry.key.value;
    const before = members.find((member) => member.name === name);
    if (before !== undefined) refuse(context, repeatedEntry, entry.key.span, { name }, [{ span: before.span, message: "first here" }]);
    if (name === "__proto__") context.report(finding(forbiddenField, entry.key.span, {}));
    const expected = memberType(name, hint?.type);
    const read = (): Expr => {
      const inferred = context.value(entry.value.terms, entry.value.span, context, expected === undefined ? undefined : { type: expected });
      return expected === undefined ? inferred : fit(inferred, expected, context);
    };
    const expr = isMapping(context) ? mappedMember(entry, read, context) : constant(read(), context);
    if (isPoison(expr) || before !== undefined || name === "__proto__") broken = true;
    else members.push({ name, span: entry.key.span, expr, value: evaluateConstant(expr) });
  }
  return broken ? poison(block.span) : recordOf(members, block.span);
}

function isMapping({ place: { reads } }: Context): boolean {
  return reads.kind === "request" && reads.isMapping === true;
}

function recordOf(members: readonly Member[], span: Span): Expr {
  const fields: Field[] = members.map(({ name, expr }) => ({ name, type: expr.type }));
  const type: Type = { kind: "record", fields };
  if (members.some(({ value }) => value === undefined))
    return { op: "record", fields: Object.fromEntries(members.map(({ name, expr }) => [name, expr])), type, span };
  return { op: "const", value: Object.fromEntries(members.map(({ name, value }) => [name, value as Value])), type, span };
}

function memberType(name: string, type: Type | undefined): Type | undefined {
  if (type?.kind === "optional") return memberType(name, type.type);
  if (type?.kind === "map") return type.element;
  return type?.kind === "record" ? type.fields.find((field) => field.name === name)?.type : undefined;
}

function constant(expr: Expr, context: Context): Expr {
  if (isPoison(expr) || evaluateConstant(expr) !== undefined) return expr;
  return refuse(context, recordNotConstant, expr.span, {});
}
