/** From the request line to the route: canonical form, client, match, and the fields that may not repeat (D20 to D22, D45, D4). */
import { cellWords } from "../contract/tables.ts";
import type { Cause } from "../contract/gateway.ts";
import type { GatewayRequest } from "../contract/request.ts";
import type { RouteData } from "../contract/table-data.ts";
import type { Call } from "./call.ts";
import { canonicalRequest, type CanonicalRequest } from "./canonical-request.ts";
import { clientAddress } from "./client-address.ts";
import type { FoundEntry } from "./entries.ts";
import { firstValue, repeatsAny } from "./fields.ts";
import { addressText, type Address } from "./ip.ts";
import type { Granted, Progress, Refused } from "./progress.ts";
import { readQuery } from "./query.ts";
import type { Running, RunningRoute } from "./running.ts";
import type { FoundRoute, Shaping } from "./shaping.ts";

/** `cell`: where the numbers of the route's cell for the client's class begin. */
export type Arrival = {
  readonly call: Call;
  readonly route: RunningRoute;
  readonly cell: number;
  readonly protocol: "http" | "https";
} & AtEntry;

/** `entryCell`: of the policy of the entry that the call came by. */
export type AtEntry = { readonly entry: number | undefined; readonly entryCell: number };

/** `now` and `lone` are the same for all phases of a request, however long it waits between them. */
export function arrive(
  run: Running,
  request: GatewayRequest,
  now: Call["now"],
  lone: Call["lone"],
  progress: Progress,
): Arrival | Granted | Refused {
  const known = run.peerOf(request.peer);
  if (known !== undefined) progress.client = known.text;
  const canonical = canonicalRequest(request, run.rules);
  if (!canonical.ok) return { cause: canonical.cause };
  if (known === undefined) return { cause: "malformed" };
  const peer = known.address;
  const { headers } = canonical.request;
  run.names?.said(progress, headers, run.bound.classOf(peer));
  const client = clientAddress(peer, firstValue(headers, "x-forwarded-for"), run.isTrusted);
  if (client === undefined) return { cause: "malformed" };
  if (client !== peer) progress.client = addressText(client);
  const found = request.entry && run.findEntry(request.entry, known.text);
  if (request.entry !== undefined && found === undefined) return { cause: "not-admitted" };
  if (found !== undefined) progress.entry = found.entry.name;
  const protocol = forwardedProtocol(canonical.request, run.isTrusted(peer)) ?? (request.secure ? "https" : "http");
  return matched(run, canonical.request, client, now, lone, protocol, found, progress);
}

function forwardedProtocol({ headers }: CanonicalRequest, isBelieved: boolean): "http" | "https" | undefined {
  const said = isBelieved ? firstValue(headers, "x-forwarded-proto")?.toLowerCase() : undefined;
  return said === "http" || said === "https" ? said : undefined;
}

function matched(
  run: Running,
  request: CanonicalRequest,
  client: Address,
  now: Call["now"],
  lone: Call["lone"],
  protocol: Arrival["protocol"],
  found: FoundEntry | undefined,
  progress: Progress,
): Arrival | Granted | Refused {
  if (request.method === "OPTIONS" && request.path !== "*") {
    const answered = run.shaping && answerPreflight(run, run.shaping, request, found !== undefined, progress);
    if (answered !== undefined) return answered;
  }
  const versions = run.versions?.(request.headers);
  const match = request.path === "*" ? undefined : run.matchRoute(run.bound, request.method, request.path, versions);
  if (versions !== undefined) progress.vary = versions.vary();
  if (match?.kind === "method") return { cause: "method-not-allowed", facts: { allow: match.allow.join(", ") } };
  const route = match?.kind === "found" ? run.routeAt(match.route) : undefined;
  if (match?.kind !== "found" || route === undefined) return { cause: "no-route" };
  const unsaid = route.data.choice && versions?.refusal(route.data.choice);
  if (unsaid !== undefined) return unsaid;
  progress.route = route.data.key;
  const { names, shown } = match;
  if (names.length > 0) progress.parameters = named(names, shown);
  const queries = readQuery(request.query, route.data.readQueries);
  if (queries === undefined || repeats(route.data, request, queries)) return { cause: "malformed" };
  const unfit = upgradeFault(run, route, request);
  if (unfit !== undefined) return { cause: unfit };
  const { bound } = run;
  const classOfClient = bound.classOf(client);
  const call: Call = {
    bound,
    request,
    client,
    lone,
    clientText: progress.client,
    secure: protocol === "https",
    method: request.method === "HEAD" && route.data.method !== "HEAD" ? "GET" : request.method,
    route: route.data.key,
    now,
    parameterNames: names,
    parameters: match.values,
    shown,
    queries,
    entry: found?.entry,
    traceFields: progress.trace && run.names?.fields(progress.trace),
    principals: nobody,
    bytes: undefined,
    body: undefined,
    isDecoded: false,
  };
  const entryCell = found === undefined ? 0 : cellOf(run, route.data.entryRows[found.index] ?? 0, classOfClient);
  return { call, route, cell: cellOf(run, route.data.row, classOfClient), protocol, entry: found?.index, entryCell };
}

function cellOf({ tables, bound }: Running, row: number, classOfClient: number): number {
  return (tables.rows[row * bound.data.classCount + classOfClient] ?? 0) * cellWords;
}

/** What asks to be upgraded, and what does not, each on routes that are for it. */
function upgradeFault({ shaping }: Running, { target, data }: RunningRoute, request: CanonicalRequest): Cause | undefined {
  if (target.kind !== "backend" || target.admit === undefined) return request.isUpgrade ? "malformed" : undefined;
  return target.admit(request, (origin) => shaping?.names(data, origin) === true);
}

function answerPreflight(
  run: Running,
  shaping: Shaping,
  { headers, path }: CanonicalRequest,
  cameByEntry: boolean,
  progress: Progress,
): Granted | Refused | undefined {
  const find = (method: string): FoundRoute | undefined => {
    const match = run.matchRoute(run.bound, method, path);
    const route = match.kind === "found" ? run.routeAt(match.route).data : undefined;
    return match.kind !== "found" || route === undefined ? undefined : { route, shown: named(match.names, match.shown) };
  };
  const preflight = shaping.preflight({ headers, cameByEntry, find });
  if (preflight === undefined) return undefined;
  progress.route = preflight.found.route.key;
  progress.parameters = preflight.found.shown;
  return typeof preflight.result === "string" ? { cause: preflight.result } : { granted: preflight.result };
}

const nobody: Call["principals"] = [];

/** A name of the user's may be any, `__proto__` among them. */
function named(names: readonly string[], values: readonly (string | number)[]): Record<string, string | number> {
  const parameters: Record<string, string | number> = {};
  for (let at = 0; at < names.length; at++) {
    const name = names[at] ?? "";
    const value = values[at] ?? "";
    if (name === "__proto__") Object.defineProperty(parameters, name, { value, enumerable: true, configurable: true, writable: true });
    else parameters[name] = value;
  }
  return parameters;
}

function repeats(route: RouteData, { headers }: CanonicalRequest, queries: Call["queries"]): boolean {
  return repeatsAny(headers, route.singleHeaders) || repeatsAny(queries, route.singleQueries);
}
