/** The routes of a program, each with the levels around it. Knows the model only; what statements mean is said elsewhere. */
import type { Api, Gateway, Group, Program, Route, Segment } from "../../model/program.ts";

export type Level = Gateway | Api | Group | Route;

export type PlacedRoute = {
  readonly route: Route;
  /** From the gateway to the route itself. */
  readonly levels: readonly Level[];
  /** The whole path. */
  readonly path: readonly Segment[];
  readonly api?: Api;
  readonly tags: Readonly<Record<string, string>>;
  /** Identities of the nearest level that accepts any; empty where nobody has to authenticate. */
  readonly accept: readonly string[];
};

export function placedRoutes(program: Program): readonly PlacedRoute[] {
  if (program.gateway === undefined) return [];
  const routes: PlacedRoute[] = [];
  place(program.gateway, [], routes);
  return routes;
}

/** All levels, outer ones first. */
export function allLevels(program: Program): readonly Level[] {
  const found: Level[] = program.gateway === undefined ? [] : [program.gateway];
  for (const level of found) if (level.level !== "route") found.push(...level.children);
  return found;
}

function place(level: Level, around: readonly Level[], routes: PlacedRoute[]): void {
  const levels = [...around, level];
  if (level.level !== "route") {
    for (const child of level.children) place(child, levels, routes);
    return;
  }
  const api = levels.find((outer) => outer.level === "api");
  routes.push({
    route: level,
    levels,
    path: levels.flatMap((outer) => (outer.level === "gateway" ? [] : outer.at)),
    ...(api === undefined ? {} : { api }),
    tags: Object.assign({}, ...levels.map((outer) => outer.tags)),
    accept: levels.findLast((outer) => outer.accept !== undefined)?.accept ?? [],
  });
}
