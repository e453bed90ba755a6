/** Parameters of a policy replaced by what a use gives for them. */
import { mapChildren } from "../model/expression-children.ts";
import type { Expr } from "../model/expression.ts";

export type Given = ReadonlyMap<string, Expr>;

export function substitute(expr: Expr, given: Given): Expr {
  if (given.size === 0) return expr;
  if (expr.op === "param") return given.get(expr.name) ?? expr;
  return mapChildren(expr, (child) => substitute(child, given));
}
