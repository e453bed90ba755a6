/** Two expressions that stand for one value: a literal takes on the type of the other. */
import type { Expr } from "../../model/expression.ts";
import type { Type } from "../../model/types.ts";
import { fitValue } from "../types/fit-value.ts";
import { join } from "../types/join.ts";

export type Together = { readonly left: Expr; readonly right: Expr; readonly type: Type };

/** Undefined where their types have nothing in common. */
export function together(left: Expr, right: Expr): Together | undefined {
  const adaptedLeft = right.op === "const" ? left : adapted(left, right.type);
  const adaptedRight = adapted(right, adaptedLeft.type);
  const type = join(adaptedLeft.type, adaptedRight.type);
  return type && { left: adaptedLeft, right: adaptedRight, type };
}

function adapted(expr: Expr, type: Type): Expr {
  if (expr.op !== "const") return expr;
  const inner = type.kind === "optional" ? type.type : type;
  const fit = fitValue(expr.value, expr.type, inner);
  return fit.kind === "fits" ? { ...expr, value: fit.value, type: inner } : expr;
}
