/**
 * Allows that let nobody in and yet matter: as the only one of their level they keep the allows of the levels around from its routes (D7).
 * Whoever removes such a rule opens what it closed.
 */
import type { AccessStatement, Program, SiteId } from "../model/program.ts";
import type { StatedAt } from "./program-places.ts";

/** Whether removing the statement would let allows of an outer level count. */
export function shieldingAllows(program: Program, places: ReadonlyMap<SiteId, StatedAt>): (site: SiteId) => boolean {
  const allowing = [...places].filter(([, { statement }]) => bringsAllow(statement, program));
  return (site) => {
    const own = places.get(site);
    const [route] = own?.routes ?? [];
    if (own === undefined || route === undefined || !bringsAllow(own.statement, program)) return false;
    const others = allowing.filter(([other, { routes }]) => other !== site && routes.includes(route));
    return others.some(([, { level }]) => isAround(level, own.level)) && !others.some(([, { level }]) => level === own.level);
  };
}

const DEPTH: Readonly<Record<StatedAt["level"], number>> = { entry: 0, gateway: 0, api: 1, group: 2, route: 3 };

/** Groups may stand in groups: of two, either may be the outer one, and caution is no mistake. */
function isAround(outer: StatedAt["level"], inner: StatedAt["level"]): boolean {
  return DEPTH[outer] < DEPTH[inner] || (outer === "group" && inner === "group");
}

function bringsAllow(statement: AccessStatement | Program["policies"][number]["statements"][number], program: Program): boolean {
  switch (statement.kind) {
    case "public":
      return true;
    case "rule":
      return statement.effect === "allow";
    case "override":
      return false;
    case "use":
    case "apply":
      return program.policies.some(
        ({ name, statements }) => name === statement.policy && statements.some((one) => bringsAllow(one, program)),
      );
  }
}
