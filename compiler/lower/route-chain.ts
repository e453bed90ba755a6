/** Each route of a gateway with the levels around it. Knows nesting, nothing of rules. */
import type { Api, Gateway, Route, Scope, Segment } from "../model/program.ts";

export type RouteChain = {
  /** Outermost first; the last is the route itself. */
  readonly levels: readonly Scope[];
  readonly route: Route;
  readonly api: Api | undefined;
  readonly path: readonly Segment[];
};

export function routeChains(gateway: Gateway): readonly RouteChain[] {
  const chains: RouteChain[] = [];
  const walk = (children: Gateway["children"], levels: readonly Scope[], path: readonly Segment[], api: Api | undefined): void => {
    for (const child of children) {
      const below = [...levels, child];
      const at = [...path, ...child.at];
      if (child.level === "route") chains.push({ levels: below, route: child, api, path: at });
      else walk(child.children, below, at, child.level === "api" ? child : api);
    }
  };
  walk(gateway.children, [gateway], [], undefined);
  return chains;
}

/** The value of the nearest level that has one. */
export function nearest<T>(levels: readonly Scope[], pick: (level: Scope) => T | undefined): T | undefined {
  for (const level of levels.toReversed()) {
    const value = pick(level);
    if (value !== undefined) return value;
  }
  return undefined;
}
