/** Expressions that mean the same for every deployment: constants, and networks, which are compiled in. */
import type { Expr } from "../../model/expression.ts";

export function isFixed(expr: Expr): boolean {
  switch (expr.op) {
    case "const":
    case "network":
      return true;
    case "networkAlgebra":
      return isFixed(expr.left) && isFixed(expr.right);
    case "list":
      return expr.items.every(isFixed);
    case "range":
      return isFixed(expr.low) && isFixed(expr.high);
    default:
      return false;
  }
}
