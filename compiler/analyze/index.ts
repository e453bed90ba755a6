/**
 * What the decision structure of a gateway says about its source: rules and routes that can decide nothing. Promises: pure,
 * warnings only, never a false one; what is too hard to know is passed over.
 */
import type { Diagnostic } from "../../grammar/source/diagnostic.ts";
import type { Ir } from "../model/ir.ts";
import type { Program } from "../model/program.ts";
import { atOnce, each, type Steps } from "../model/steps.ts";
import { cellConditions } from "./cell-conditions.ts";
import { deadRules } from "./dead-rules.ts";
import { type StatedAt, statedPlaces } from "./program-places.ts";
import { tableLimit } from "./table-limit.ts";
import { cutOffAllows, unreachableRules } from "./unreachable-rules.ts";
import { unreachableRoutes } from "./unreachable-routes.ts";

export { whoMayCall } from "./access.ts";
export { ANALYZE_DIAGNOSTICS } from "./diagnostics.ts";
export { addressInClass, type AddressWitness } from "./witness.ts";

/** `ir` is what `program` was lowered to. */
export function analyze(program: Program, ir: Ir): readonly Diagnostic[] {
  return atOnce(analyzeInSteps(program, ir));
}

export function* analyzeInSteps(program: Program, ir: Ir): Steps<readonly Diagnostic[]> {
  const places = statedPlaces(program);
  const placeOf = (rule: number): StatedAt | undefined => places.get(ir.rules[rule]?.sites[0] ?? -1);
  const conditions = cellConditions(ir);
  yield;
  const dead = yield* deadRules(ir, conditions, placeOf);
  const deadAllows = dead.filter(({ rule }) => ir.rules[rule]?.effect === "allow");
  const explained = new Set(deadAllows.flatMap(({ rule }) => placeOf(rule)?.routes ?? []));
  const found = yield* each(
    [
      () => unreachableRules(program, ir, dead, places),
      () => cutOffAllows(program, ir, places),
      () => tableLimit(program, ir),
      () => unreachableRoutes(program, ir, conditions, places, ({ key }) => explained.has(key)),
    ],
    (part) => part(),
  );
  return found.flat();
}
