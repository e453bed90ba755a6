/** A number of calls that is known now and can be counted to. */
import type { Expression } from "../../../grammar/ast.ts";
import { finding } from "../../../grammar/source/diagnostic.ts";
import type { CheckContext } from "../../check/context.ts";
import { checkExpression } from "../../check/expressions/check-expression.ts";
import { evaluateConstant } from "../../check/expressions/evaluate-constant.ts";
import { callsOutOfBounds, notConstantLimit } from "./traffic.diagnostics.ts";

/** `what` as in "`burst`" of messages. Undefined after a finding. */
export function readCount(node: Expression, what: string, most: number, context: CheckContext): number | undefined {
  const place = context.place(node.span.file, { kind: "nothing", what: "a number of calls" });
  const expr = checkExpression(node, place, context.report, { kind: "int" });
  if (expr.type.kind === "poison") return undefined;
  const value = evaluateConstant(expr);
  if (typeof value !== "number") context.report(finding(notConstantLimit, expr.span, { what: "a number of calls" }));
  else if (value < 1 || value > most) context.report(finding(callsOutOfBounds, expr.span, { what, most: `${most}` }));
  else return value;
  return undefined;
}
