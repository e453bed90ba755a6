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
  const stated = statedAround(levels).filter((transform) => transform.on === on);
  if (stated.length < 2) return stated;
  const byName = new Map(stated.map((transform) => [transform.name, transform]));
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** By the levels of a route, which several ask about: most routes set nothing. */
const known = new WeakMap<readonly Scope[], readonly Transform[]>();

/** Outermost first. */
function statedAround(levels: readonly Scope[]): readonly Transform[] {
  const found = known.get(levels) ?? levels.flatMap((level) => [...level.transforms, ...deprecationTransforms(level, levels)]);
  known.set(levels, found);
  return found;
}
