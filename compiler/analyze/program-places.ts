/** Which routes lie below a statement. Knows the nesting of the program, nothing of what statements mean. */
import type { AccessStatement, Api, Gateway, Group, Program, Route, SiteId } from "../model/program.ts";

export type StatedAt = {
  readonly statement: AccessStatement;
  readonly level: "entry" | Gateway["level"] | Api["level"] | Group["level"] | Route["level"];
  /** Keys of the routes below; none where it stands before all routes. */
  readonly routes: readonly string[];
};

/** For each statement of a level, by its site. */
export function statedPlaces(program: Program): ReadonlyMap<SiteId, StatedAt> {
  const places = new Map<SiteId, StatedAt>();
  const walk = (level: Gateway | Api | Group | Route): readonly string[] => {
    const routes = level.level === "route" ? [level.key] : level.children.flatMap(walk);
    for (const statement of level.access) places.set(statement.site, { statement, level: level.level, routes });
    return routes;
  };
  if (program.gateway !== undefined) walk(program.gateway);
  for (const statement of program.entries.flatMap(({ access }) => access))
    places.set(statement.site, { statement, level: "entry", routes: [] });
  return places;
}
