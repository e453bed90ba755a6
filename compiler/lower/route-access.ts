/** Which parts of access are in effect on a route: denies of all levels, allows of the nearest that states any (D7, D51). */
import type { Program, Scope } from "../model/program.ts";
import { type AccessPart, type LevelAccess, levelAccess, type Tables } from "./access-parts.ts";
import { levelRules } from "./level-rules.ts";
import { declaredPath, type PlacedRoute } from "../model/placed-route.ts";
import type { RouteFacts } from "./route-facts.ts";

/** What the policy of an entry comes to on a route. */
export type EntryParts = { readonly denies: AccessPart; readonly allows: AccessPart };

export type RouteAccess = {
  readonly facts: RouteFacts;
  readonly isPublic: boolean;
  readonly denies: readonly AccessPart[];
  readonly allows: readonly AccessPart[];
  /** Of each entry of the program. */
  readonly entries: readonly EntryParts[];
};

/** `entries`: the policies of the entries. `nextId` counts parts. */
export function routeAccess(
  program: Program,
  tables: Tables,
  entries: readonly LevelAccess[],
  nextId: () => number,
): (placed: PlacedRoute) => RouteAccess {
  const policies = new Map(program.policies.map((policy) => [policy.name, policy]));
  const levels = new Map<Scope, LevelAccess>();
  const accessOf = (scope: Scope): LevelAccess => {
    const known = levels.get(scope) ?? levelAccess(levelRules(scope, program, policies, tables.keyOf), tables, nextId);
    levels.set(scope, known);
    return known;
  };

  return (placed) => {
    const around = placed.levels.map(accessOf);
    const unauthenticated = factsOf(placed, []);
    const stating = around.findLast((level) => level.statesAllows(unauthenticated));
    const isPublic = stating?.isPublic === true;
    const facts = isPublic ? unauthenticated : factsOf(placed, placed.accept);
    const denies = around.map((level, at) =>
      level.denies(
        facts,
        around.slice(at + 1).map(({ rules }) => rules),
      ),
    );
    return {
      facts,
      isPublic,
      denies: denies.filter(hasEntries),
      allows: stating === undefined ? [] : [stating.allows(facts)],
      entries: entries.map((entry) => ({ denies: entry.denies(facts, []), allows: entry.allows(facts) })),
    };
  };
}

function hasEntries(part: AccessPart): boolean {
  return part.entries.length > 0;
}

function factsOf({ route, api, tags }: PlacedRoute, accept: RouteFacts["accept"]): RouteFacts {
  return {
    tags,
    api: api?.name,
    version: api?.version,
    path: declaredPath({ route }),
    method: route.method === "ANY" ? undefined : route.method,
    accept,
  };
}
