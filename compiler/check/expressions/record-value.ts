/** Records `{ name: value }`, which are constant. */
import type { Block } from "../../../grammar/ast.ts";
import { finding } from "../../../grammar/source/diagnostic.ts";
import type { Span } from "../../../grammar/source/span.ts";
import type { Expr } from "../../model/expression.ts";
import type { Field, Type, Value } from "../../model/types.ts";
import { forbiddenField } from "../types/diagnostics.ts";
import { type Context, type Hint, isPoison, poison, refuse } from "./context.ts";
import { evaluateConstant } from "./evaluate-constant.ts";
import { fit } from "./fit.ts";
import { recordNotConstant, repeatedEntry, wrongEntry } from "./type.diagnostics.ts";

type Member = { readonly name: string; readonly span: Span; readonly value: Value; readonly type: Type };

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
    const inferred = context.value(entry.value.terms, entry.value.span, context, expected === undefined ? undefined : { type: expected });
    const value = constant(expected === undefined ? inferred : fit(inferred, expected, context), context);
    if (value === undefined || before !== undefined || name === "__proto__") broken = true;
    else members.push({ name, span: entry.key.span, ...value });
  }
  if (broken) return poison(block.span);
  const fields: Field[] = members.map(({ name, type }) => ({ name, type }));
  const value = Object.fromEntries(members.map((member) => [member.name, member.value]));
  return { op: "const", value, type: { kind: "record", fields }, span: block.span };
}

function memberType(name: string, type: Type | undefined): Type | undefined {
  if (type?.kind === "optional") return memberType(name, type.type);
  if (type?.kind === "map") return type.element;
  return type?.kind === "record" ? type.fields.find((field) => field.name === name)?.type : undefined;
}

function constant(expr: Expr, context: Context): { readonly value: Value; readonly type: Type } | undefined {
  if (isPoison(expr)) return undefined;
  const value = evaluateConstant(expr);
  if (value !== undefined) return { value, type: expr.type };
  refuse(context, recordNotConstant, expr.span, {});
  return undefined;
}
