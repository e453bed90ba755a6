/** An `apply` that selects no route protects nothing (principle 1). */
import { finding, type Diagnostic } from "../../../grammar/source/diagnostic.ts";
import type { Apply } from "../../model/program.ts";
import { selectorMatchesNothing } from "./access.diagnostics.ts";
import { allLevels, type Level } from "../../model/placed-route.ts";
import { factsOf, maySelect, type Survey } from "./rules-in-force.ts";

export function checkSelectors(survey: Survey): readonly Diagnostic[] {
  const idle = new Map<Apply, Level>();
  for (const level of allLevels(survey.program.gateway)) {
    for (const statement of level.access) if (statement.kind === "apply") idle.set(statement, level);
  }
  for (const placed of survey.routes) {
    if (idle.size === 0) break;
    const calls = factsOf(placed, "anybody");
    for (const [apply, level] of idle) {
      if (placed.levels.includes(level) && calls.some((facts) => maySelect(apply.where, facts))) idle.delete(apply);
    }
  }
  return [...idle.keys()].map((apply) => finding(selectorMatchesNothing, apply.where.span, { policy: apply.policy }));
}
