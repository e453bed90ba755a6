/** Whether what an `apply` brings holds on a route: always, never, or for the calls of an `ANY` route that `where` selects (D51). */
import type { Expr } from "../model/expression.ts";
import { isFalse, isTrue } from "./constants.ts";
import { fold } from "./fold.ts";
import type { RouteFacts } from "./route-facts.ts";

export type Selection = "always" | "never" | Expr;

/** As rules see them: HEAD calls on `ANY` routes are GET. */
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

export function selection(where: Expr | undefined, facts: RouteFacts): Selection {
  if (where === undefined) return "always";
  const condition = fold(where, facts);
  if (isTrue(condition)) return "always";
  if (isFalse(condition)) return "never";
  if (facts.method !== undefined) return condition;
  const byMethod = METHODS.map((method) => fold(where, { ...facts, method }));
  if (byMethod.every(isTrue)) return "always";
  return byMethod.every(isFalse) ? "never" : condition;
}
