/** What answers have beside what routes and rules say: which level's `cors` counts where. Adds to an IR that is whole without it. */
import type { Cors } from "../model/cors.ts";
import type { Ir } from "../model/ir.ts";
import { placedRoutes } from "../model/placed-route.ts";
import type { Gateway, Scope } from "../model/program.ts";

/** `ir.routes` stand in the order of the program's. */
export function withShaping(ir: Ir, gateway: Gateway): Ir {
  const numbers = new Map<Cors, number>();
  const inForce = (levels: readonly Scope[]): number | undefined => {
    const nearest = levels.findLast(({ cors }) => cors !== undefined)?.cors;
    if (nearest === undefined || nearest === "none") return undefined;
    const known = numbers.get(nearest) ?? numbers.size;
    numbers.set(nearest, known);
    return known;
  };
  const own = inForce([gateway]);
  const ofRoutes = placedRoutes(gateway).map(({ levels }) => inForce(levels));
  if (numbers.size === 0) return ir;
  const routes = ir.routes.map((route, at) => (ofRoutes[at] === undefined ? route : { ...route, cors: ofRoutes[at] }));
  return { ...ir, routes, cors: { levels: [...numbers.keys()], ...(own === undefined ? {} : { gateway: own }) } };
}
