/** The routes of a program, each with the levels around it. Knows nesting; what statements mean is said elsewhere. */
import { pathOfRoute } from "../../runtime/contract/route-key.ts";
import type { AcceptedCaller, Api, Gateway, Group, Route, Segment, Tags } from "./program.ts";

export type Level = Gateway | Api | Group | Route;

export type PlacedRoute = {
  readonly route: Route;
  /** From the gateway to the route itself. */
  readonly levels: readonly Level[];
  /** The whole path. */
  readonly path: readonly Segment[];
  readonly api?: Api;
  /** Of each name the nearest level's. Without a prototype, so that no tag is found that none has set. */
  readonly tags: Tags;
  /** As the nearest level says that accepts any caller; empty where nobody has to authenticate. */
  readonly accept: readonly AcceptedCaller[];
};

export function placedRoutes(gateway: Gateway | undefined): readonly PlacedRoute[] {
  const routes: PlacedRoute[] = [];
  if (gateway !== undefined) place(gateway, { levels: [], path: [], tags: Object.create(null), accept: [] }, routes);
  return routes;
}

/** The whole path as it is declared: what rules see as `route.path`. */
export function declaredPath({ route }: Pick<PlacedRoute, "route">): string {
  return pathOfRoute(route.key);
}

/** All levels, outer ones first. */
export function allLevels(gateway: Gateway | undefined): readonly Level[] {
  const found: Level[] = gateway === undefined ? [] : [gateway];
  for (const level of found) if (level.level !== "route") found.push(...level.children);
  return found;
}

function place(level: Level, around: Omit<PlacedRoute, "route">, routes: PlacedRoute[]): void {
  const here = {
    levels: [...around.levels, level],
    path: level.level === "gateway" ? around.path : [...around.path, ...level.at],
    ...(level.level === "api" ? { api: level } : around.api && { api: around.api }),
    tags: Object.keys(level.tags).length === 0 ? around.tags : withTags(around.tags, level.tags),
    accept: level.accept ?? around.accept,
  };
  if (level.level === "route") routes.push({ route: level, ...here });
  else for (const child of level.children) place(child, here, routes);
}

function withTags(outer: PlacedRoute["tags"], inner: PlacedRoute["tags"]): PlacedRoute["tags"] {
  const tags: Tags = Object.create(null);
  return Object.assign(tags, outer, inner);
}
