/** No silent openness: an `allow` that everybody passes must be called `public` (D7). */
import { finding, type Diagnostic } from "../../../grammar/source/diagnostic.ts";
import { openAllow } from "./access.diagnostics.ts";
import { knownValue, type Facts } from "./known-value.ts";
import type { PlacedRoute } from "../../model/placed-route.ts";
import { allowingLevel, factsOf, maySelect, type StatedRule, type Survey } from "./rules-in-force.ts";
import { placeOf } from "./stated-place.ts";

export function checkOpenAllow(survey: Survey): readonly Diagnostic[] {
  const found = new Map<number, Diagnostic>();
  for (const placed of survey.routes) {
    const allowing = placed.accept.length === 0 ? allowingLevel(survey, placed) : undefined;
    if (allowing === undefined || allowing.public !== undefined) continue;
    for (const allow of allowing.allows) {
      const open = openCalls(allow, placed);
      const [first] = open;
      const place = placeOf(survey, allow);
      if (first === undefined || found.has(place.site)) continue;
      const method = placed.route.method === "ANY" && open.length < factsOf(placed, "nobody").length ? first.method : undefined;
      const related = [...place.related, { span: placed.route.span, message: "a route that it opens" }];
      found.set(place.site, finding(openAllow, place.span, { route: placed.route.key, method }, related));
    }
  }
  return [...found.values()];
}

function openCalls(allow: StatedRule, placed: PlacedRoute): readonly Facts[] {
  return factsOf(placed, "nobody").filter((facts) => {
    const known = knownValue(allow.when, facts);
    return known.kind === "value" && known.value === true && maySelect(allow.where, facts);
  });
}
