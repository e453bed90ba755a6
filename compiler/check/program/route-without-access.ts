/** Principle 1: a route that no access statement reaches does not compile (D7). */
import type { Diagnostic, Related } from "../../../grammar/source/diagnostic.ts";
import { finding } from "../../../grammar/source/diagnostic.ts";
import { routeWithoutAccess } from "./access.diagnostics.ts";
import type { PlacedRoute } from "../../model/placed-route.ts";
import { allowingLevel, type Survey } from "./rules-in-force.ts";

export function checkRouteWithoutAccess(survey: Survey): readonly Diagnostic[] {
  return survey.routes
    .filter((placed) => allowingLevel(survey, placed) === undefined)
    .map((placed) => finding(routeWithoutAccess, placed.route.span, { route: placed.route.key }, around(placed)));
}

function around({ api }: PlacedRoute): readonly Related[] {
  return api === undefined ? [] : [{ span: api.span, message: `nor does \`${api.name}\` say it for all its routes` }];
}
