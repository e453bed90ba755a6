/** What answers have beside what routes and rules say: which level's `cors`, fields and refusals count where. Adds to an IR that is whole without it. */
import type { EveryAnswerData } from "../../runtime/contract/table-data.ts";
import type { Cors } from "../model/cors.ts";
import type { Ir } from "../model/ir.ts";
import { placedRoutes } from "../model/placed-route.ts";
import type { Gateway, Scope } from "../model/program.ts";

/** `ir.routes` stand in the order of the program's. */
export function withShaping(ir: Ir, gateway: Gateway): Ir {
  return withEveryAnswer(withCors(ir, gateway), gateway);
}

function withCors(ir: Ir, gateway: Gateway): Ir {
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

function withEveryAnswer(ir: Ir, gateway: Gateway): Ir {
  const sets = new Map<string, EveryAnswerData>();
  const numberOf = (levels: readonly Scope[]): number => {
    const nearest = levels.findLast(({ securityHeaders }) => securityHeaders !== undefined)?.securityHeaders;
    const always = nearest === undefined || nearest === "none" ? [] : nearest.fields;
    const refusals = levels.toReversed().flatMap((level) => (level.refusals ?? []).map(({ span: _span, ...form }) => form));
    const said = levels.findLast((level) => level.compress !== undefined)?.compress;
    const compress = said === undefined || said === "none" ? {} : { compress: said };
    const key = JSON.stringify([always, refusals, compress]);
    if (!sets.has(key)) sets.set(key, { always, refusals, ...compress });
    return [...sets.keys()].indexOf(key);
  };
  const own = numberOf([gateway]);
  const routes = placedRoutes(gateway).map(({ levels }) => numberOf(levels));
  const isSaid = [...sets.values()].some(({ always, refusals, compress }) => compress !== undefined || always.length + refusals.length > 0);
  return isSaid ? { ...ir, everyAnswer: { sets: [...sets.values()], gateway: own, routes } } : ir;
}
