/** Expressions that are the same for every request and every deployment, as values. */
import type { Expr } from "../../model/expression.ts";
import type { Value } from "../../model/types.ts";

/** Undefined where the value depends on the request, the environment, the stage or a network's file. */
export function evaluateConstant(expr: Expr): Value | undefined {
  return expr.op === "const" ? expr.value : undefined;
}
