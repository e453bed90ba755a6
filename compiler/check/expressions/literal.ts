/** Literals in expressions, and the sign of a number. */
import type { Literal, Unary } from "../../../grammar/ast.ts";
import type { Expr } from "../../model/expression.ts";
import { readLiteral } from "../literals/read-literal.ts";
import { isAccountId } from "../literals/text-values.ts";
import { baseOf } from "../types/built-in-types.ts";
import { shortType } from "../types/print-type.ts";
import { type Context, type Hint, isPoison, operand, poison, refuse } from "./context.ts";
import { wrongOperand } from "./type.diagnostics.ts";

export function inferLiteral(node: Literal, context: Context, hint: Hint | undefined): Expr {
  // Twelve digits are a number unless an account is expected: those may start with a zero.
  const wanted = hint?.type && (hint.type.kind === "optional" ? hint.type.type : hint.type);
  if (node.kind === "int" && wanted !== undefined && baseOf(wanted).kind === "accountId" && isAccountId(node.text))
    return { op: "const", value: node.text, type: { kind: "accountId" }, span: node.span };
  const literal = readLiteral(node, context.place.proveLinear, context.report);
  return literal === undefined ? poison(node.span) : { op: "const", value: literal.value, type: literal.type, span: node.span };
}

/** `-5`; there is no other arithmetic. */
export function inferNegative(node: Unary, context: Context): Expr {
  const number = operand(node.operand, context);
  if (isPoison(number)) return poison(node.span);
  const literal = node.operand.kind === "int" || node.operand.kind === "decimal";
  if (literal && number.op === "const" && typeof number.value === "number") return { ...number, value: 0 - number.value, span: node.span };
  const help = "write the number itself, as in `-5`; there is no arithmetic on values";
  return refuse(context, wrongOperand, node.span, { operator: "-", wants: "a number in digits", found: shortType(number.type), help });
}
