/** The headers that a route sets: of each name the statement of the nearest level, sorted by name. */
import { deprecationTransforms } from "./deprecation.ts";
import type { Expr } from "../model/expression.ts";
import type { HeaderTransform } from "../model/ir.ts";
import type { Scope, Transform } from "../model/program.ts";

/** `change` fills in what is known of the route. */
export function headerTransforms(levels: readonly Scope[], on: Transform["on"], change: (value: Expr) => Expr): readonly HeaderTransform[] {
  return effectiveTransforms(levels, on).map(({ name, value, from, span }) => ({
    name,
    value: change(value),
    ...(from === undefined ? {} : { from }),
    span,
  }));
}

export function effectiveTransforms(levels: readonly Scope[], on: Transform["on"]): readonly Transform[] {
  const byName = new Map<string, Transform>();
  for (const level of levels) {
    for (const transform of [...level.transforms, ...deprecationTransforms(level, levels)])
      if (transform.on === on) byName.set(transform.name, transform);
  }
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
