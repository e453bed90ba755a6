/** The routes of a program with all that stands around them. Promises: nothing is decided here, only gathered, outermost level first. */
import type { AcceptedCaller, Api, Gateway, Group, Route, Scope, Segment, Tags } from "../model/program.ts";
import type { RouteFacts } from "./scene.ts";
import { decodeTriplets } from "./triplets.ts";

export type PlacedRoute = {
  readonly route: Route;
  /** The gateway, the api if there is one, the groups, the route. */
  readonly levels: readonly Scope[];
  readonly path: readonly Segment[];
  readonly facts: RouteFacts;
  /** Where requests choose between versions: what stands at the path. */
  readonly chosen?: { readonly api: Api; readonly family: readonly Api[] };
  /** Reached by entries only. */
  readonly isPrivate: boolean;
  /** As the nearest level says that states it; nobody needs to authenticate where none does. */
  readonly accept: readonly AcceptedCaller[];
};

/** Without the method, and without the version that a request chooses. */
function pathOf(key: string): string {
  const [, path = ""] = / (.*?)(?: version [0-9]+)?$/.exec(key) ?? [];
  return path;
}

type Around = {
  readonly levels: readonly Scope[];
  readonly path: readonly Segment[];
  readonly api?: Api;
  readonly familyOf: (api: Api) => readonly Api[];
};

export function placedRoutes(gateway: Gateway): readonly PlacedRoute[] {
  const apis = gateway.children.flatMap((child) => (child.level === "api" && child.choice ? [child] : []));
  const familyOf = (api: Api): readonly Api[] => apis.filter((other) => samePlace(api, other));
  return gateway.children.flatMap((child) => below(child, { levels: [gateway], path: [], familyOf }));
}

function below(level: Api | Group | Route, around: Around): readonly PlacedRoute[] {
  const here = { ...around, levels: [...around.levels, level], path: [...around.path, ...level.at] };
  switch (level.level) {
    case "api":
      return level.children.flatMap((child) => below(child, { ...here, api: level }));
    case "group":
      return level.children.flatMap((child) => below(child, here));
    case "route":
      return [place(level, here)];
  }
}

/** The nearest level wins: for each tag, and for `accept`. */
function place(route: Route, { levels, path, api, familyOf }: Around): PlacedRoute {
  const tags = Object.assign({}, ...levels.map((level) => level.tags)) as Tags;
  const facts = { tags, api: api?.name, version: api?.version, path: pathOf(route.key) };
  const accept = levels.findLast((level) => level.accept !== undefined)?.accept ?? [];
  const chosen = api?.choice && { chosen: { api, family: familyOf(api) } };
  return { route, levels, path, facts, ...chosen, isPrivate: api?.isPrivate === true, accept };
}

function samePlace({ at }: Api, other: Api): boolean {
  const names = other.at.map(nameOf);
  return at.length === names.length && at.every((segment, index) => nameOf(segment) === names[index]);
}

function nameOf(segment: Segment): string {
  return segment.kind === "literal" ? `/${decodeTriplets(segment.text)}` : segment.name;
}
