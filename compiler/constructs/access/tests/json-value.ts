/** A body in a test: JSON that need not fit any type, so that a test can send what must be refused. */
import type { Block, Expression, Term } from "../../../../grammar/ast.ts";
import { finding } from "../../../../grammar/source/diagnostic.ts";
import type { CheckContext } from "../../../check/context.ts";
import { checkExpression } from "../../../check/expressions/check-expression.ts";
import { evaluateConstant } from "../../../check/expressions/evaluate-constant.ts";
import type { Place } from "../../../check/expressions/place.ts";
import type { Value } from "../../../model/types.ts";
import { strayEntry } from "../../frame.diagnostics.ts";
import { testNotConstant } from "./test.diagnostics.ts";

/** Undefined after a finding. */
export function jsonValue(term: Term, place: Place, context: CheckContext): Value | undefined {
  switch (term.kind) {
    case "block":
      return record(term, place, context);
    case "record":
      return record(term.block, place, context);
    case "list":
      return list(term.items, place, context);
    case "paren":
      return jsonValue(term.inner, place, context);
    case "mark":
      return undefined;
    default:
      return constant(term, place, context);
  }
}

function record(block: Block, place: Place, context: CheckContext): Value | undefined {
  const members = new Map<string, Value>();
  let isGood = true;
  for (const entry of block.entries) {
    const [first, ...more] = entry.kind === "setting" ? entry.value.terms : [];
    if (entry.kind !== "setting" || first === undefined || more.length > 0) {
      context.report(finding(strayEntry, entry.span, { what: `\`${context.written(entry.span, 40)}\``, place: "the body of a test" }));
      isGood = false;
      continue;
    }
    const value = jsonValue(first, place, context);
    if (value === undefined) isGood = false;
    else members.set(entry.key.kind === "name" ? entry.key.name : entry.key.value, value);
  }
  return isGood ? Object.fromEntries(members) : undefined;
}

function list(items: readonly Expression[], place: Place, context: CheckContext): Value | undefined {
  const values = items.map((item) => jsonValue(item, place, context));
  const good = values.filter((value): value is Value => value !== undefined);
  return good.length === values.length ? good : undefined;
}

function constant(node: Expression, place: Place, context: CheckContext): Value | undefined {
  const expr = checkExpression(node, place, context.report);
  if (expr.type.kind === "poison") return undefined;
  const value = evaluateConstant(expr);
  if (value === undefined) context.report(finding(testNotConstant, node.span, { what: "a body" }));
  return value;
}
