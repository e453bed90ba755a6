/** What a route keeps of its answers, and which routes change what others keep. */
import type { CacheData } from "../../runtime/contract/cache.ts";
import type { RouteCache } from "../model/cache.ts";
import type { Expr } from "../model/expression.ts";
import type { IrRoute } from "../model/ir.ts";
import { once } from "../model/once.ts";
import { placedRoutes, type PlacedRoute } from "../model/placed-route.ts";
import type { Identity, Program, Route } from "../model/program.ts";
import { allReads } from "./reads.ts";
import type { RouteAccess } from "./route-access.ts";
import { effectiveTransforms } from "./transforms.ts";

/** `change` fills in what is known of the route. */
export function routeCache(
  { route, levels, accept }: PlacedRoute,
  access: RouteAccess,
  program: Program,
  change: (value: Expr) => Expr,
): Pick<IrRoute, "cache" | "changesKept"> {
  const { cache } = route;
  if (cache === undefined) return changesKept(route, program) ? { changesKept: true } : {};
  const names = effectiveTransforms(levels, "request").map(({ name }) => name);
  const areAlone = accept.every((caller) => caller.length === 1);
  const isPersonal = cache.whose === "caller" || (areAlone && cache.by.some((key) => saysWhoCalls(key, program.identities)));
  const { documents } = allReads([...access.denies, ...access.allows].map(({ reads }) => reads));
  const data: CacheData = {
    ...cache.rule,
    whose: cache.whose,
    isPersonal,
    fields: [...new Set(names)].sort(),
    documents: cache.rule.refresh === "permitted" ? [...documents].sort((left, right) => left - right) : [],
  };
  return { cache: { data, by: cache.by.map(change) } };
}

/** What its keys read of a request. */
export function cacheParts(cache: RouteCache | undefined): readonly Expr[] {
  return cache?.by ?? [];
}

/** The backends whose answers some route keeps. */
const keptBackends = once(({ gateway }: Program): ReadonlySet<string> => {
  const kept = placedRoutes(gateway).filter(({ route }) => route.cache !== undefined);
  return new Set(kept.flatMap(({ route: { target } }) => (target.kind === "backend" ? [target.backend] : [])));
});

const SAFE: ReadonlySet<Route["method"]> = new Set(["GET", "HEAD", "OPTIONS"]);

function changesKept({ method, target }: Route, program: Program): boolean {
  return !SAFE.has(method) && target.kind === "backend" && keptBackends(program).has(target.backend);
}

/** Identities that call the member of their token which says who it is by a name of the program. */
const OF_TOKENS: ReadonlySet<Identity["kind"]> = new Set(["jwt", "oidc", "cognito", "introspect"]);

/** Whether it is `principal.id`, or the claim that is the same. */
function saysWhoCalls(key: Expr, identities: readonly Identity[]): boolean {
  if (key.op === "principalId") return key.of === undefined;
  if (key.op !== "principalField" || key.of !== undefined) return false;
  const { name } = key;
  return key.identities.every((identity) => {
    const found = identities.find((one) => one.name === identity);
    return found !== undefined && OF_TOKENS.has(found.kind) && found.claims.some((one) => one.name === name && one.claim === found.subject);
  });
}
