/**
 * Rules of the form "callers of this group may call this route", spread over routes (ten a route) or all on one. A question is a route
 * and a caller with five groups; half of the callers are in a group that the route lets in.
 */
import { scattered } from "../contest/contender.ts";

export type PolicySetup = { readonly rules: number; readonly oneRoute: boolean };
export type Question = { readonly route: number; readonly groups: readonly string[] };
/** The groups that each route lets in, by route. */
export type RouteGroups = readonly (readonly string[])[];

const rulesPerRoute = 10;

export function routeGroups({ rules, oneRoute }: PolicySetup): RouteGroups {
  const size = oneRoute ? rules : rulesPerRoute;
  return Array.from({ length: Math.ceil(rules / size) }, (_, route) =>
    Array.from({ length: Math.min(size, rules - route * size) }, (__, at) => `group-${route * size + at}`),
  );
}

export function question(routes: RouteGroups, number: number): Question {
  const random = scattered(number);
  const route = random % routes.length;
  const inside = routes[route] ?? [];
  const groups = Array.from({ length: 5 }, (_, at) => `other-${scattered(number * 5 + at) % 1000}`);
  if (number % 2 === 0) groups[random % 5] = inside[scattered(random) % inside.length] ?? "";
  return { route, groups };
}
