/** The `data` section: everything of the IR that is not numbers in rows. Members are written out one by one, so that their order, and so the file, is stable. */
import { bareType } from "../model/bare-type.ts";
import { usuallyEmpty, usuallyFalse } from "../../runtime/contract/table-data.ts";
import type {
  EntryData,
  ListData,
  RouteData,
  SegmentData,
  TagData,
  TableData,
  WrittenRoute,
  WrittenSegment,
} from "../../runtime/contract/table-data.ts";
import type { NetworkList } from "../../runtime/contract/network-lists.ts";
import type { LookupNumbers } from "./lookup-numbers.ts";
import type { RowNumbers } from "./table-numbers.ts";
import type { PoolContents } from "./data-pool.ts";
import type { Ir, IrEntry, IrRoute, IrSegment } from "../model/ir.ts";
import type { ReleaseData } from "../../runtime/contract/release-data.ts";
import type { Release } from "../model/release.ts";
import type { LimitData, StoreData } from "../../runtime/contract/traffic-data.ts";
import type { StaticResponse, TagValue, Store, TrafficLimit } from "../model/program.ts";
import { backendData } from "./backends/index.ts";
import { shapingTables } from "./cors-data.ts";
import { identityData } from "./identities/index.ts";
import { namesData, observeData } from "./observe.ts";
import { valueType } from "./value-type.ts";

export function tableData(ir: Ir, pool: PoolContents, shapes: TableData["shapes"], lookups: LookupNumbers): TableData {
  const { settings } = ir;
  return {
    name: ir.name,
    ...pool,
    stages: ir.stages,
    environment: ir.environment.map(({ name, type, value }) => ({ name, type: valueType(type), required: value === undefined })),
    secrets: ir.secrets,
    limits: settings.limits,
    paths: settings.paths,
    explainRefusals: settings.explainRefusals,
    classCount: ir.classes.count,
    trustedClasses: settings.trustedClasses,
    ...(ir.lists === undefined ? {} : { lists: ir.lists.map((list) => listData(list, ir.classes)) }),
    identities: ir.identities.map((identity) => identityData(identity, ir.secrets)),
    backends: ir.backends.map(backendData),
    hasOwnDoor: settings.listen !== undefined,
    ...(settings.http2 ? { hasOwnHttp2: true } : {}),
    entries: ir.entries.map(entryData),
    shapes,
    ...shapingTables(ir),
    ...observeData(ir),
    ...namesData(ir),
    rules: ir.rules.map(({ key, because }) => ({ key, ...(because === undefined ? {} : { because }) })),
    ...(ir.releases === undefined ? {} : { releases: ir.releases.map((release) => releaseData(release, ir)) }),
    ...(ir.versions === undefined ? {} : { versions: ir.versions }),
    ...(ir.traffic === undefined ? {} : { traffic: ir.traffic.map(limitData) }),
    ...(ir.stores === undefined ? {} : { stores: ir.stores.map((store) => storeData(store, ir.secrets)) }),
    ...(ir.plans === undefined ? {} : { plans: { claims: ir.plans.claims.map((claim) => claim ?? null), plans: ir.plans.plans } }),
    documents: ir.documents.map(({ document, asksCaller }) => ({ document, asksCaller })),
    predicateCount: ir.predicates.length,
    subjectCount: lookups.subjects.length,
    keys: lookups.keys,
  };
}

function listData({ name, path, every, shrink, where, entries }: NetworkList, { lone = [] }: Ir["classes"]): ListData {
  const at = lone.findIndex(({ label }) => label === name);
  return { name, path, every, shrink, ...(where && { where }), entries, ...(at < 0 ? {} : { lone: at }) };
}

function storeData({ name, mode, password, timeout, lease }: Store, secrets: readonly string[]): StoreData {
  return { name, mode, ...(password === undefined ? {} : { password: secrets.indexOf(password) }), timeout, lease };
}

function limitData({ site, name, measure, by, where, shared }: TrafficLimit): LimitData {
  const prefix = by?.prefix === undefined ? {} : { prefix: by.prefix };
  return {
    key: String(site),
    name,
    measure,
    hasKey: by !== undefined,
    ...(where === undefined ? {} : { isPlaced: true }),
    ...prefix,
    ...(shared === undefined ? {} : { shared }),
  };
}

function releaseData({ name, from, to, stop }: Release, { backends }: Ir): ReleaseData {
  const numberOf = (backend: string): number => backends.findIndex((one) => one.name === backend);
  return { name, from: numberOf(from), to: numberOf(to), ...(stop === undefined ? {} : { stop }) };
}

function entryData({ name, door, balancerClasses, asksCaller }: IrEntry): EntryData {
  if (door.kind === "endpoint")
    return { name, asksCaller, door: { kind: "endpoint", ...(door.via === undefined ? {} : { via: door.via }) } };
  const listener = {
    kind: "listener",
    at: door.at.kind,
    hasTls: door.tls !== undefined,
    ...(door.mtls === undefined ? {} : { mtlsDepth: door.mtls.depth }),
    ...(door.http2 ? { hasHttp2: true as const } : {}),
    ...(door.balancers.length === 0 ? {} : { balancerClasses }),
  } as const;
  return { name, asksCaller, door: listener };
}

/** `codes`: for each route which code it has. */
export function routeTable({ routes, stages }: Ir, rows: RowNumbers, codes: readonly number[]): readonly RouteData[] {
  return routes.map((route, at) => ({
    ...routeData(route, rows.ofRoute[at] ?? 0, rows.ofEntries[at] ?? [], stages),
    code: codes[at] ?? 0,
  }));
}

function routeData(route: IrRoute, row: number, entryRows: readonly number[], stages: readonly string[]): Omit<RouteData, "code"> {
  const { target } = route;
  return {
    key: route.key,
    method: route.method,
    path: route.path.map(segmentData),
    isPublic: route.isPublic,
    accept: route.accept,
    row,
    entryRows,
    isPrivate: route.isPrivate,
    ...(route.body === undefined ? {} : { body: valueType(route.body) }),
    ...(route.decompress === undefined ? {} : { decompress: route.decompress }),
    singleHeaders: route.singleHeaders,
    singleQueries: route.singleQueries,
    readQueries: route.readQueries,
    target: targetData(target),
    requestHeaders: route.requestHeaders.map(({ name }) => name),
    responseHeaders: route.responseHeaders.map(({ name }) => name),
    ...(route.deprecated === undefined ? {} : { deprecated: route.deprecated }),
    ...(route.tags === undefined ? {} : { tags: Object.entries(route.tags).map(([name, value]) => tagData(name, value, stages)) }),
    ...movedHeaders(route),
    ...(route.cache === undefined ? {} : { cache: route.cache.data }),
    ...(route.changesKept === undefined ? {} : { changesKept: true }),
    ...(route.cors === undefined ? {} : { cors: route.cors }),
    ...(route.release === undefined ? {} : { release: route.release.release }),
    ...(route.choice === undefined || route.version === undefined ? {} : { choice: [route.choice, route.version] as const }),
    ...(route.traffic === undefined ? {} : { traffic: route.traffic.map(({ limit }) => limit) }),
    ...(route.planLimits === undefined ? {} : { planLimits: route.planLimits.map(({ limit }) => limit) }),
  };
}

function targetData(target: IrRoute["target"]): RouteData["target"] {
  switch (target.kind) {
    case "backend":
      return target;
    case "respond":
      return { kind: "respond", response: responseData(target.response) };
    case "compose":
      return { kind: "compose", backends: target.composed.parts.map(({ backend }) => backend) };
  }
}

function tagData(name: string, value: TagValue, stages: readonly string[]): TagData {
  return { name, value: typeof value === "string" ? value : stages.map((stage) => value[stage] ?? "") };
}

function movedHeaders({ responseHeaders }: IrRoute): Pick<RouteData, "movedHeaders"> {
  const moved = responseHeaders.flatMap(({ name, from }) => (from === undefined ? [] : [[name, from] as const]));
  return moved.length === 0 ? {} : { movedHeaders: moved };
}

export function writtenRoute(route: RouteData): WrittenRoute {
  const usual = new Set<string>([
    ...usuallyEmpty.filter((name) => route[name].length === 0),
    ...usuallyFalse.filter((name) => !route[name]),
  ]);
  const { method: _, ...said } = route;
  const path = route.path.map(writtenSegment);
  const target = route.target.kind === "backend" ? route.target.backend : route.target;
  return Object.fromEntries(Object.entries({ ...said, path, target }).filter(([name]) => !usual.has(name))) as WrittenRoute;
}

function writtenSegment(segment: SegmentData): WrittenSegment {
  if (segment.kind === "literal") return segment.text;
  return segment.kind === "rest" ? [segment.name] : [segment.name, segment.reads];
}

/** A String without constraints is any text; a newtype of it is typed all the same (D46). */
function segmentData(segment: IrSegment): SegmentData {
  if (segment.kind === "literal") return { kind: "literal", text: decodeURIComponent(segment.text) };
  if (segment.kind === "rest") return segment;
  const { name, type } = segment;
  return { kind: "param", name, reads: isPlain(type) ? "plain" : bareType(type).kind === "int" ? "int" : "typed" };
}

export function isPlain(type: Extract<IrSegment, { kind: "param" }>["type"]): boolean {
  return type.kind === "string" && type.minLength === undefined && type.maxLength === undefined && type.pattern === undefined;
}

function responseData({ status, headers, body }: StaticResponse): StaticResponse {
  return { status, headers, body };
}
