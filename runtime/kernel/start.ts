/** The start of a gateway: tables, code and configuration become one thing that answers requests, or a list of what is wrong. */
import type { Start, Started } from "../contract/gateway.ts";
import type { NetworkList } from "../contract/network-lists.ts";
import type { ListData, RouteData, TableData } from "../contract/table-data.ts";
import type { Configuration } from "../contract/world.ts";
import type { Bound } from "./call.ts";
import type { GatewayCode, RouteCode } from "./code.ts";
import { type Brought, readConfiguration } from "./configuration.ts";
import { diagramWalker } from "./diagram.ts";
import { entryFinder } from "./entries.ts";
import { headerSetters } from "./header-setters.ts";
import { hostStores } from "./host-stores.ts";
import { hostSettings, readHosts } from "./late-settings.ts";
import { loneNetworks, loneNow } from "./lone-networks.ts";
import { peerMemory } from "./peer-memory.ts";
import { lateValues } from "./late-values.ts";
import { gatewayOf } from "./pipeline.ts";
import { noPolicies } from "./policies.ts";
import { routeMatcher } from "./route-match.ts";
import { type RunningBackend, startBackend } from "./running-backend.ts";
import { startIdentity } from "./running-identity.ts";
import type { Running, RunningRoute, RunningTarget } from "./running.ts";
import type { Tables } from "./table-views.ts";
import { openTables } from "./tables.ts";
import { limitsOfRoute } from "./traffic.ts";
import { zoneClock } from "./zone-clock.ts";

/** `checksum`: of the tables that the code was emitted with. Tables that cannot be used are a problem of every start. */
export function gatewayStart(bytes: Uint8Array, checksum: number, code: GatewayCode): Start {
  const opened = openTables(bytes, checksum);
  if (!opened.ok) return () => ({ problems: [opened.problem] });
  return (configuration) => started(opened.tables, code, configuration);
}

function started(tables: Tables, code: GatewayCode, configuration: Configuration): Started {
  const { data } = tables;
  const problems: string[] = [];
  const brought = readConfiguration(data, configuration, problems);
  const bound = bind(tables, code, brought, problems);
  const api = apiArn(
    data.name,
    code.start.api.map((part) => part(bound)),
  );
  const backends = data.backends.map((one, at) => {
    const late = lateValues(code.start.backends[at], bound);
    return startBackend(one, code.backends, { late, variables: configuration.variables, api }, problems);
  });
  const reached = backends.flatMap(({ host }) => host ?? []);
  const settings = hostSettings(data, code.start, reached, bound, problems);
  const stores = hostStores(data, code.start, brought.secrets, bound, problems);
  const hosts = readHosts(code.start, bound, problems);
  const identities = data.identities.map((one, at) => {
    const late = lateValues(code.start.identities[at], bound);
    const { variables } = configuration;
    const { secrets } = brought;
    return startIdentity(one, code.identities, { late, secrets, secretNames: data.secrets, variables, api }, problems);
  });
  const shaping = code.shaping?.(bound, { cors: (code.start.cors ?? []).map((value) => value(bound)) }, problems);
  const observe = code.observe?.(bound, code.start, problems);
  if (problems.length > 0) return { problems };
  const identityHeaders = [...new Set(data.identities.flatMap(({ headers }) => headers))];
  const targets = backends.map(running);
  const run: Running = {
    bound,
    tables,
    rules: { hosts, limits: data.limits, paths: data.paths, identityHeaders, upgrades: backends.some(({ admit }) => admit !== undefined) },
    isTrusted: trusting(bound),
    peerOf: peerMemory(),
    loneNow: loneNow(bound.lone, data.lists),
    matchRoute: routeMatcher(tables, (route) => codeOf(code, tables.routes.at(route)).parameters),
    findEntry: entryFinder(settings.entries),
    diagram: diagramWalker(tables, code.predicates, code.subjects),
    routeAt: runningRoutes(tables, code, targets),
    identities,
    shaping,
    ...(code.names === undefined ? {} : { names: code.names(data) }),
    backends: targets,
    backendNames: data.backends.map(({ name }) => name),
    ...releasesOf(data, code, bound),
    ...(code.caching === undefined ? {} : { caching: code.caching() }),
    ...(code.traffic === undefined ? {} : { traffic: code.traffic(data) }),
    ...(code.versions === undefined ? {} : { versions: code.versions(data.versions ?? []) }),
  };
  return {
    gateway: gatewayOf(run),
    settings: {
      ...settings,
      ...(observe === undefined ? {} : { observe }),
      ...(stores === undefined ? {} : { stores }),
      ...(data.lists === undefined ? {} : { lists: data.lists.map(hostList) }),
    },
  };
}

function hostList({ name, path, every, shrink, where, entries }: ListData): NetworkList {
  return { name, path, every, shrink, ...(where === undefined ? {} : { where }), entries };
}

function releasesOf(data: TableData, { releases, start }: GatewayCode, bound: Bound): Pick<Running, "releases"> {
  if (releases === undefined) return {};
  return {
    releases: releases(
      data,
      (start.shares ?? []).map((share) => share(bound)),
    ),
  };
}

function runningRoutes({ routes }: Tables, code: GatewayCode, targets: readonly BackendTarget[]): Running["routeAt"] {
  const known: (RunningRoute | undefined)[] = Array.from({ length: routes.count });
  const read = (route: number): RunningRoute => {
    const data = routes.at(route);
    const routeCode = codeOf(code, data);
    return (known[route] = {
      data,
      code: routeCode,
      target: targetOf(targets, data),
      limits: limitsOfRoute(data, routeCode),
      onRequest: headerSetters(data.requestHeaders, routeCode.requestHeaders),
      onResponse: headerSetters(data.responseHeaders, routeCode.responseHeaders),
    });
  };
  return (route) => known[route] ?? read(route);
}

function codeOf({ routes }: GatewayCode, { code, key }: RouteData): RouteCode {
  const found = routes[code];
  if (found === undefined) throw new Error(`there is no code for ${key}`);
  return found;
}

/** Values of the program stand in for variables that are not set. */
function bind(tables: Tables, code: GatewayCode, { stage, environment }: Brought, problems: string[]): Bound {
  const { data } = tables;
  const values = [...environment];
  const bound: Bound = {
    data,
    patterns: data.patterns.map((pattern) => new RegExp(pattern, "u")),
    members: data.values.map((value) => new Set<unknown>(Array.isArray(value) ? value : [])),
    routes: tables.routes,
    lone: loneNetworks(tables),
    classOf: tables.classOf,
    environment: values,
    stage,
    zones: zoneClock(),
    policies: noPolicies,
  };
  for (const [at, value] of code.start.environment.entries()) values[at] ??= value(bound);
  if (code.policies === undefined) return bound;
  const api = code.start.api.map((part) => part(bound));
  return { ...bound, policies: code.policies(data, api, problems) };
}

/** As the program or, where it does not say, nobody but this gateway calls the API. */
function apiArn(name: string, parts: readonly unknown[]): string {
  const [partition = "aws", region = "local", account = "000000000000", id = name] = parts.map(String);
  return `arn:${partition}:execute-api:${region}:${account}:${id}`;
}

/** Of one backend the same object for all routes: a call finds it where the call before it did. */
function targetOf(targets: readonly BackendTarget[], { target }: RouteData): RunningTarget {
  if (target.kind === "respond") return target;
  const at = (backend: number): BackendTarget => {
    const found = targets[backend];
    if (found === undefined) throw new Error(`there is no backend ${backend}`);
    return found;
  };
  if (target.kind === "compose") return { kind: "compose", plans: target.backends.map((backend) => at(backend).plan) };
  return at(target.backend);
}

type BackendTarget = Extract<RunningTarget, { kind: "backend" }>;

function running({ plan, admit }: RunningBackend): BackendTarget {
  return { kind: "backend", plan, ...(admit === undefined ? {} : { admit }) };
}

function trusting({ data, classOf }: Bound): Running["isTrusted"] {
  const trusted = new Uint8Array(data.classCount);
  for (const one of data.trustedClasses) trusted[one] = 1;
  return (address) => trusted[classOf(address)] === 1;
}
