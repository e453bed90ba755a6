/** Parameters of a policy replaced by what a use gives for them. */
import { mapChildren } from "./expression-children.ts";
import type { Expr } from "./expression.ts";
import type { Policy } from "./program.ts";

/** By the names of parameters. */
export type Given = ReadonlyMap<string, Expr>;

/** `values` in the order of the parameters. */
export function givenTo({ parameters }: Policy, values: readonly Expr[]): Given {
  return new Map(parameters.flatMap(({ name }, at): [string, Expr][] => (values[at] === undefined ? [] : [[name, values[at]]])));
}

export function substitute(expr: Expr, given: Given): Expr {
  if (given.size === 0) return expr;
  if (expr.op === "param") return given.get(expr.name) ?? expr;
  return mapChildren(expr, (child) => substitute(child, given));
}
