/** `x matches /re/` */
import type { Binary } from "../../../grammar/ast.ts";
import type { Expr } from "../../model/expression.ts";
import { shortType } from "../types/print-type.ts";
import { BOOL, type Context, isPoison, operand, poison, refuse } from "./context.ts";
import { isTextType, textAdvice } from "./text-types.ts";
import { patternExpected, wrongOperand } from "./type.diagnostics.ts";

export function inferMatches(node: Binary, context: Context): Expr {
  const subject = operand(node.left, context);
  const pattern = operand(node.right, context);
  if (isPoison(subject) || isPoison(pattern)) return poison(node.span);
  if (pattern.op !== "const" || pattern.type.kind !== "regex" || typeof pattern.value !== "string")
    return refuse(context, patternExpected, pattern.span, {});
  if (isTextType(subject.type)) return { op: "matches", subject, pattern: pattern.value, type: BOOL, span: node.span };
  const found = shortType(subject.type);
  return refuse(context, wrongOperand, subject.span, {
    operator: "matches",
    wants: "a text before it",
    found,
    help: textAdvice(subject.type),
  });
}
