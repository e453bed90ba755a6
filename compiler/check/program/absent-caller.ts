/** Rules that ask who calls, on routes where nobody authenticates: they would shut the route, which is never what was meant. */
import { finding, type Diagnostic } from "../../../grammar/source/diagnostic.ts";
import type { Value } from "../../model/types.ts";
import { allowWithoutCaller, shutByRule } from "./access.diagnostics.ts";
import { knownValue, type Known } from "./known-value.ts";
import type { PlacedRoute } from "../../model/placed-route.ts";
import {
  allowingLevel,
  factsOf,
  limitsOn,
  maySelect,
  nobodyAuthenticates,
  type AllowingLevel,
  type StatedRule,
  type Survey,
} from "./rules-in-force.ts";
import { placeOf } from "./stated-place.ts";

export function checkAbsentCaller(survey: Survey): readonly Diagnostic[] {
  const found = new Map<string, Diagnostic>();
  for (const placed of survey.routes) {
    const allowing = allowingLevel(survey, placed);
    if (allowing === undefined || !nobodyAuthenticates(placed, allowing)) continue;
    for (const rule of [...limitsOn(survey, placed), ...hopelessAllows(allowing, placed)]) {
      const { site, span, related } = placeOf(survey, rule);
      const { effect } = rule.rule;
      if (found.has(`${site}`) || !isDecidedByAbsence(rule, placed)) continue;
      const route = placed.route.key;
      const seconds = [
        ...related,
        { span: placed.route.span, message: allowing.public === undefined ? "no identity is accepted for it" : "it is public" },
      ];
      found.set(
        `${site}`,
        effect === "allow" ? finding(allowWithoutCaller, span, { route }, seconds) : finding(shutByRule, span, { effect, route }, seconds),
      );
    }
  }
  return [...found.values()];
}

/** All allows of the route, if none of them can be true. */
function hopelessAllows(allowing: AllowingLevel, placed: PlacedRoute): readonly StatedRule[] {
  const areHopeless = allowing.public === undefined && allowing.allows.every((rule) => isDecidedByAbsence(rule, placed));
  return areHopeless ? allowing.allows : [];
}

/** Whether, for every call that it is asked of, the rule goes against the caller just because there is none. */
function isDecidedByAbsence({ rule, when, where }: StatedRule, placed: PlacedRoute): boolean {
  const against = rule.effect === "deny";
  const asked = factsOf(placed, "nobody").filter((facts) => maySelect(where, facts));
  return (
    asked.length > 0 &&
    (rule.effect === "allow" || asked.length === factsOf(placed, "nobody").length) &&
    asked.every(
      (facts) => isTruth(knownValue(when, facts), against) && !isTruth(knownValue(when, { ...facts, caller: "anybody" }), against),
    )
  );
}

function isTruth(known: Known, truth: Value): boolean {
  return known.kind === "value" ? known.value === truth : known.kind === "absent" && truth === false;
}
