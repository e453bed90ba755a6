/**
 * The events that AWS API Gateway gives to functions behind it, in both versions: with what may pass to a backend, and with the caller as the
 * gateway knows it. The body is put in by whoever has it.
 */
import type { HeaderField } from "../contract/gateway.ts";
import { callOfRoute, pathOfRoute } from "../contract/route-key.ts";
import type { Call } from "../kernel/call.ts";
import { firstValue } from "../kernel/fields.ts";
import type { QueryPair } from "../kernel/query.ts";

/** What of the request the function may see, and the request's id. */
export type Seen = {
  readonly headers: readonly HeaderField[];
  /** As received, and decoded. */
  readonly query: string | undefined;
  readonly queries: readonly QueryPair[];
  readonly requestId: string;
};
type Event = Readonly<Record<string, unknown>>;

/** `api`: its ARN. */
export function lambdaEvent(payload: "1.0" | "2.0", api: string, call: Call, seen: Seen): Event {
  const { authority } = call.request;
  const headers: readonly HeaderField[] = authority === "" ? seen.headers : [["host", authority], ...seen.headers];
  return payload === "1.0" ? firstVersion(api, call, { ...seen, headers }) : secondVersion(api, call, { ...seen, headers });
}

/** Names once with their last value, and all values beside. */
function firstVersion(api: string, call: Call, { headers, queries, requestId }: Seen): Event {
  const { method, path } = call.request;
  const resource = resourceOf(call);
  const parameters = parametersOf(call);
  return {
    version: "1.0",
    resource,
    path,
    httpMethod: method,
    headers: Object.fromEntries(headers),
    multiValueHeaders: valuesByName(headers),
    queryStringParameters: queries.length === 0 ? null : Object.fromEntries(queries),
    multiValueQueryStringParameters: queries.length === 0 ? null : valuesByName(queries),
    pathParameters: parameters ?? null,
    stageVariables: null,
    requestContext: {
      ...apiFacts(api, call),
      authorizer: callerOf(call) ?? null,
      httpMethod: method,
      identity: { sourceIp: call.clientText, userAgent: firstValue(headers, "user-agent") ?? null },
      path,
      protocol: "HTTP/1.1",
      requestId,
      requestTime: logTime(call.now),
      requestTimeEpoch: call.now,
      resourcePath: resource,
    },
  };
}

/** Values of one name are joined by commas; cookies stand by themselves; what is empty is left out. */
function secondVersion(api: string, call: Call, { headers, query, queries, requestId }: Seen): Event {
  const { method, path } = call.request;
  const fields = headers.filter(([name]) => name !== "cookie");
  const cookies = headers.flatMap(([name, value]) => (name === "cookie" ? value.split("; ") : []));
  const parameters = parametersOf(call);
  const caller = callerOf(call);
  return {
    version: "2.0",
    routeKey: callOfRoute(call.route),
    rawPath: path,
    rawQueryString: query ?? "",
    ...(cookies.length === 0 ? {} : { cookies }),
    headers: joined(fields),
    ...(queries.length === 0 ? {} : { queryStringParameters: joined(queries) }),
    ...(parameters === undefined ? {} : { pathParameters: parameters }),
    requestContext: {
      ...apiFacts(api, call),
      ...(caller === undefined ? {} : { authorizer: { ...caller, jwt: { claims: caller.claims } } }),
      domainPrefix: call.request.host.split(".", 1)[0] ?? "",
      http: { method, path, protocol: "HTTP/1.1", sourceIp: call.clientText, userAgent: firstValue(fields, "user-agent") ?? "" },
      requestId,
      routeKey: callOfRoute(call.route),
      time: logTime(call.now),
      timeEpoch: call.now,
    },
  };
}

function apiFacts(api: string, { bound, request }: Call): Event {
  const [, , , , accountId, apiId] = api.split(":");
  return { accountId, apiId, domainName: request.host, stage: bound.stage ?? "$default" };
}

/** The path of the route as it is declared. */
function resourceOf({ route }: Call): string {
  return pathOfRoute(route);
}

function parametersOf({ parameterNames, shown }: Call): Readonly<Record<string, string>> | undefined {
  if (parameterNames.length === 0) return undefined;
  return Object.fromEntries(parameterNames.map((name, at) => [name, String(shown[at] ?? "")]));
}

/** Claims by the names that they have in the credential. Of several that the caller proved together, the first. */
function callerOf({
  bound,
  principals,
}: Call): { readonly principalId: string; readonly identity: string; readonly claims: Event } | undefined {
  const [principal] = principals;
  const identity = principal && bound.data.identities[principal.identity];
  if (principal === undefined || identity === undefined) return undefined;
  const { id, claims } = principal;
  const named = identity.claims.flatMap(({ name, claim }) => (Object.hasOwn(claims, name) ? [[claim, claims[name]] as const] : []));
  return { principalId: id, identity: identity.name, claims: Object.fromEntries([["sub", id], ...named]) };
}

function valuesByName(pairs: readonly QueryPair[]): Readonly<Record<string, readonly string[]>> {
  const values = new Map<string, string[]>();
  for (const [name, value] of pairs) {
    const known = values.get(name);
    if (known === undefined) values.set(name, [value]);
    else known.push(value);
  }
  return Object.fromEntries(values);
}

function joined(pairs: readonly QueryPair[]): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(valuesByName(pairs)).map(([name, values]) => [name, values.join(",")]));
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `12/Mar/2020:19:03:58 +0000` */
function logTime(now: number): string {
  const at = new Date(now);
  const day = String(at.getUTCDate()).padStart(2, "0");
  return `${day}/${months[at.getUTCMonth()] ?? ""}/${at.getUTCFullYear()}:${at.toISOString().slice(11, 19)} +0000`;
}
