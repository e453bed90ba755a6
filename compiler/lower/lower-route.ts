/** A route of the IR, from what is in effect on it. */
import { keyOfBackend } from "../model/backends.ts";
import type { Expr } from "../model/expression.ts";
import type { IrRoute } from "../model/ir.ts";
import { once } from "../model/once.ts";
import type { PlacedRoute } from "../model/placed-route.ts";
import type { Program, Route } from "../model/program.ts";
import type { Returned } from "../model/returned.ts";
import { cacheParts, routeCache } from "./cache.ts";
import { composedParts, lowerComposed } from "./composed.ts";
import { deprecatedRoute } from "./deprecation.ts";
import { fold } from "./fold.ts";
import type { NetworkTable } from "./network-table.ts";
import { withPlainNetworks } from "./plain-networks.ts";
import { allReads, readsOf } from "./reads.ts";
import { releaseOf, releaseParts, routeRelease } from "./releases.ts";
import type { RouteAccess } from "./route-access.ts";
import { planLimitsOn } from "./plans.ts";
import { type LimitTable, limitsAround, routeLimits } from "./traffic.ts";
import { effectiveTransforms, headerTransforms } from "./transforms.ts";

/** All but the cells, which need the classes of every route's networks. */
export type UncelledRoute = Omit<IrRoute, "cellOfClass" | "entryCells">;

type RouteTables = { readonly networks: NetworkTable; readonly limits: LimitTable };

export function lowerRoute(placed: PlacedRoute, access: RouteAccess, program: Program, { networks, limits }: RouteTables): UncelledRoute {
  const { levels, route, api, path, tags } = placed;
  const ofPlans = access.isPublic ? [] : planLimitsOn(program, placed, access.facts, limits);
  const change = (value: Expr): Expr => withPlainNetworks(fold(value, access.facts), networks);
  return {
    key: route.key,
    method: route.method,
    path,
    ...(api === undefined ? {} : { api: api.name }),
    ...(api?.version === undefined ? {} : { version: api.version }),
    span: route.span,
    isPublic: access.isPublic,
    isPrivate: api?.isPrivate === true,
    accept: access.facts.accept.map((caller) => caller.map((name) => program.identities.findIndex((identity) => identity.name === name))),
    ...(route.body === undefined ? {} : { body: route.body, ...decompression(levels, program) }),
    ...namesRead(placed, access, program),
    target: targetOf(placed, program, change),
    ...keyOf(route.target, program, change),
    requestHeaders: headerTransforms(levels, "request", change),
    responseHeaders: headerTransforms(levels, "response", change),
    ...deprecatedRoute(levels),
    ...(route.target.kind === "compose" ? {} : queryChanges(levels, change)),
    ...(route.rewrite === undefined ? {} : { rewrite: route.rewrite }),
    ...(route.validate === undefined ? {} : { validate: route.validate }),
    ...(route.mapBody === undefined ? {} : { mapBody: change(route.mapBody) }),
    ...(route.returned === undefined ? {} : { returned: withMap(route.returned, change) }),
    ...routeRelease(program, route, change),
    ...routeCache(placed, access, program, change),
    ...(readsTags(program) && Object.keys(tags).length > 0 ? { tags: { ...tags } } : {}),
    ...(limitsAround(levels).length === 0 ? {} : { traffic: routeLimits(levels, limits, change) }),
    ...(ofPlans.length === 0 ? {} : { planLimits: ofPlans }),
  };
}

/** Whether a document may compare tags of routes, which it may name in any case. What a function returns is not known before. */
const readsTags = once(
  ({ documents, identities }: Program): boolean =>
    identities.some(({ kind }) => kind === "lambda") ||
    documents.some(({ document }) => JSON.stringify(document.statements).toLowerCase().includes("aws:resourcetag/")),
);

/** As the nearest level says. */
function decompression(levels: PlacedRoute["levels"], { gateway }: Program): Pick<IrRoute, "decompress"> {
  const said = levels.findLast((level) => level.decompress !== undefined)?.decompress;
  if (said === undefined || said === "none") return {};
  const { codings, most = gateway?.limits.body ?? 0, ratio } = said;
  return { decompress: { codings, most, ratio } };
}

function queryChanges(levels: PlacedRoute["levels"], change: (value: Expr) => Expr): Pick<IrRoute, "queryChanges"> {
  const changes = headerTransforms(levels, "query", change);
  return changes.length === 0 ? {} : { queryChanges: changes };
}

/** A part of the query that is checked is read. */
function checkedQueries({ validate }: Route): readonly Expr[] {
  const fields = validate?.fields.filter((field) => field.in === "query") ?? [];
  return fields.map(({ name, span }) => ({ op: "queries", name, type: { kind: "list", element: { kind: "string" } }, span }));
}

function mappedValues({ mapBody, returned }: Route): readonly Expr[] {
  return [mapBody, returned?.map].filter((value) => value !== undefined);
}

function withMap({ types, map }: Returned, change: (value: Expr) => Expr): Returned {
  return map === undefined ? { types } : { types, map: change(map) };
}

/** What the rules, transforms and limits in effect and what divides calls read (D4, D44, D50). */
function namesRead(
  { levels, route }: PlacedRoute,
  access: RouteAccess,
  program: Program,
): Pick<IrRoute, "singleHeaders" | "singleQueries" | "readQueries"> {
  const transforms = (["request", "response", "query"] as const).flatMap((on) => effectiveTransforms(levels, on));
  const keys = limitsAround(levels).flatMap(({ by }) => (by === undefined ? [] : [by.expr]));
  const { backendKey: key } = keyOf(route.target, program, (value) => value);
  const shared = key === undefined ? [] : [key];
  const entries = access.entries.flatMap(({ denies, allows }) => [denies, allows]);
  const parts = [...access.denies, ...access.allows, ...entries].map(({ reads }) => reads);
  const { headers, queries, queryNames } = allReads([
    ...parts,
    readsOf([
      ...transforms.map(({ value }) => value),
      ...keys,
      ...shared,
      ...checkedQueries(route),
      ...releaseParts(releaseOf(program, route)),
      ...mappedValues(route),
      ...(route.target.kind === "compose" ? composedParts(route.target.composed, program) : []),
      ...cacheParts(route.cache),
    ]),
  ]);
  return { singleHeaders: [...headers].sort(), singleQueries: [...queries].sort(), readQueries: [...queryNames].sort() };
}

function targetOf({ route: { target }, levels }: PlacedRoute, program: Program, change: (value: Expr) => Expr): IrRoute["target"] {
  if (target.kind === "respond") return target;
  if (target.kind === "compose") return { kind: "compose", composed: lowerComposed(target.composed, levels, program, change) };
  return { kind: "backend", backend: program.backends.findIndex(({ name }) => name === target.backend) };
}

function keyOf(target: Route["target"], { backends }: Program, change: (value: Expr) => Expr): { readonly backendKey?: Expr } {
  const backend = target.kind === "backend" ? backends.find(({ name }) => name === target.backend) : undefined;
  const key = keyOfBackend(backend);
  return key === undefined ? {} : { backendKey: change(key) };
}
