/** An operation over constants done, where the compiler knows what comes of it; for all others the gateway computes it. */
import { constantOperation } from "../model/constant-operation.ts";
import { childrenOf } from "../model/expression-children.ts";
import type { Expr } from "../model/expression.ts";
import { bool, constant } from "./constants.ts";

export function foldOperation(expr: Expr): Expr {
  if (expr.op === "in" && isEmpty(expr.collection)) return bool(false, expr.span);
  const operands = childrenOf(expr);
  const values = operands.flatMap((operand) => (operand.op === "const" ? [operand.value] : []));
  if (values.length < operands.length) return expr;
  const value = constantOperation(expr, values);
  if (value === undefined) return expr;
  return typeof value === "boolean" ? bool(value, expr.span) : constant(expr.type, value, expr.span);
}

/** Nothing is in an empty list, set or network. */
function isEmpty(collection: Expr): boolean {
  return collection.op === "const" && Array.isArray(collection.value) && collection.value.length === 0;
}
