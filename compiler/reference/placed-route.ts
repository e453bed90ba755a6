/** The routes of a program with all that stands around them. Promises: nothing is decided here, only gathered, outermost level first. */
import type { AcceptedCaller, Api, Gateway, Group, Route, Scope, Segment, Tags } from "../model/program.ts";
import type { RouteFacts } from "./scene.ts";

export type PlacedRoute = {
  readonly route: Route;
  /** The gateway, the api if there is one, the groups, the route. */
  readonly levels: readonly Scope[];
  readonly path: readonly Segment[];
  readonly facts: RouteFacts;
  /** Reached by entries only. */
  readonly isPrivate: boolean;
  /** As the nearest level says that states it; nobody needs to authenticate where none does. */
  readonly accept: readonly AcceptedCaller[];
};

type Around = { readonly levels: readonly Scope[]; readonly path: readonly Segment[]; readonly api?: Api };

export function placedRoutes(gateway: Gateway): readonly PlacedRoute[] {
  return gateway.children.flatMap((child) => below(child, { levels: [gateway], path: [] }));
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
function place(route: Route, { levels, path, api }: Around): PlacedRoute {
  const tags = Object.assign({}, ...levels.map((level) => level.tags)) as Tags;
  const facts = { tags, api: api?.name, version: api?.version, path: route.key.slice(route.key.indexOf(" ") + 1) };
  const accept = levels.findLast((level) => level.accept !== undefined)?.accept ?? [];
  return { route, levels, path, facts, isPrivate: api?.isPrivate === true, accept };
}
