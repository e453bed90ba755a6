/**
 * Whether what an `apply` brings holds on a route: always, never, or for the calls of an `ANY` route and in the stages that `where`
 * selects (D51, D271).
 */
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
  const each = everyStage(facts).flatMap((here) =>
    facts.method === undefined ? METHODS.map((method) => fold(where, { ...here, method })) : [fold(where, here)],
  );
  if (each.every(isTrue)) return "always";
  return each.every(isFalse) ? "never" : condition;
}

/** The route as it is in each stage that changes its tags. */
function everyStage(facts: RouteFacts): readonly RouteFacts[] {
  const stages = new Set(Object.values(facts.tags).flatMap((value) => (typeof value === "object" ? Object.keys(value) : [])));
  if (stages.size === 0) return [facts];
  return [...stages].map((stage) => ({ ...facts, tags: tagsIn(stage, facts) }));
}

function tagsIn(stage: string, { tags }: RouteFacts): RouteFacts["tags"] {
  return Object.fromEntries(
    Object.entries(tags).flatMap(([name, value]) => {
      const here = typeof value === "object" ? value[stage] : value;
      return here === undefined ? [] : [[name, here]];
    }),
  );
}
