/** Expressions as trees. Promises: whatever kind of expression is added, its parts are found here, as they are found by what they are. */
import type { Expr } from "../model/expression.ts";

export function isExpr(value: unknown): value is Expr {
  return typeof value === "object" && value !== null && "op" in value && "span" in value && "type" in value;
}

/** Those right below. */
export function partsOf(expr: Expr): readonly Expr[] {
  return expr.op === "const" ? [] : Object.values(expr).flatMap(expressionsIn);
}

function expressionsIn(value: unknown): readonly Expr[] {
  if (isExpr(value)) return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(expressionsIn) : [];
}
