/** `backend X = lambda(FUNCTION)`: a function gets what a backend would, as the event that AWS API Gateway gives (D230). */
import type { HeaderField } from "../../runtime/contract/gateway.ts";
import type { Identity, LambdaBackend } from "../model/program.ts";
import type { BackendBinder, BoundBackend } from "./backend.ts";
import { lowerAscii, valueOf, valuesOf } from "./fields.ts";
import { changesOfAnswer, type Forwarding, forwardedBody, forwardedFields, forwardedQuery } from "./forward.ts";
import { bindFunction } from "./lambda-function.ts";
import { queryFields } from "./query.ts";
import { own } from "./values.ts";

type Pairs = readonly HeaderField[];
type Given = {
  readonly forwarding: Forwarding;
  readonly api: string;
  readonly fields: Pairs;
  readonly pairs: Pairs;
  readonly caller: object | undefined;
};

export function bindLambdaBackend(backend: LambdaBackend, binder: BackendBinder): BoundBackend {
  const { name, payload, stream, timeout } = backend;
  const { host: authority, ...place } = bindFunction(`backend \`${name}\``, backend, binder);
  return {
    name,
    host: { kind: "lambda", name, ...place, authority, payload, stream, timeout },
    answer: (forwarding) => {
      const pairs = wholePairs(forwardedQuery(forwarding) ?? "");
      if (pairs === undefined) return undefined;
      const { host, method } = forwarding.request;
      const passed = forwardedFields(forwarding);
      const fields: Pairs = host ? [["host", host.authority], ...passed] : passed;
      const given = { forwarding, api: binder.api, fields, pairs, caller: callerOf(forwarding, binder.identities) };
      return {
        kind: "invoke",
        backend: name,
        method,
        event: payload === "1.0" ? eventOne(given) : eventTwo(given),
        isText: isText(passed),
        body: forwardedBody(forwarding),
        ...changesOfAnswer(forwarding),
      };
    },
  };
}

function wholePairs(query: string): Pairs | undefined {
  const pairs = queryFields(query).flatMap(({ name, value }): Pairs => (name === undefined || value === undefined ? [] : [[name, value]]));
  return pairs.length === queryFields(query).length ? pairs : undefined;
}

function eventOne({ forwarding, api, fields, pairs, caller }: Given): Record<string, unknown> {
  const { request, route, client, requestId, now } = forwarding;
  const { method, path } = request;
  const [, resource] = route.split(/ (.*)/s);
  const [, , , , accountId, apiId] = api.split(":");
  const hasQuery = pairs.length > 0;
  const parameters = texts(forwarding.parameters);
  return {
    version: "1.0",
    resource,
    path,
    httpMethod: method,
    headers: Object.fromEntries(fields),
    multiValueHeaders: grouped(fields),
    queryStringParameters: hasQuery ? Object.fromEntries(pairs) : null,
    multiValueQueryStringParameters: hasQuery ? grouped(pairs) : null,
    pathParameters: parameters ?? null,
    stageVariables: null,
    requestContext: {
      accountId,
      apiId,
      authorizer: caller ?? null,
      domainName: request.host?.name ?? "",
      httpMethod: method,
      identity: { sourceIp: client, userAgent: valueOf(fields, "user-agent") ?? null },
      path,
      protocol: "HTTP/1.1",
      requestId,
      requestTime: commonLogTime(now),
      requestTimeEpoch: now,
      resourcePath: resource,
      stage: forwarding.stage ?? "$default",
    },
  };
}

function eventTwo({ forwarding, api, fields, pairs, caller }: Given): Record<string, unknown> {
  const { request, route, client, requestId, now } = forwarding;
  const { method, path } = request;
  const domainName = request.host?.name ?? "";
  const [, , , , accountId, apiId] = api.split(":");
  const others = fields.filter(([name]) => name !== "cookie");
  const cookies = valuesOf(fields, "cookie").flatMap((value) => value.split("; "));
  const event: Record<string, unknown> = {
    version: "2.0",
    routeKey: route,
    rawPath: path,
    rawQueryString: forwardedQuery(forwarding) ?? "",
    headers: commas(others),
    requestContext: {
      accountId,
      apiId,
      ...(caller && { authorizer: { ...caller, jwt: { claims: "claims" in caller ? caller.claims : {} } } }),
      domainName,
      domainPrefix: domainName.split(".")[0],
      http: { method, path, protocol: "HTTP/1.1", sourceIp: client, userAgent: valueOf(fields, "user-agent") ?? "" },
      requestId,
      routeKey: route,
      stage: forwarding.stage ?? "$default",
      time: commonLogTime(now),
      timeEpoch: now,
    },
  };
  const parameters = texts(forwarding.parameters);
  if (cookies.length > 0) event["cookies"] = cookies;
  if (pairs.length > 0) event["queryStringParameters"] = commas(pairs);
  if (parameters) event["pathParameters"] = parameters;
  return event;
}

/** Who calls, with claims as the credential names them. */
function callerOf({ principal }: Forwarding, identities: readonly Identity[]): object | undefined {
  if (principal === undefined) return undefined;
  const declared = identities.find(({ name }) => name === principal.identity)?.claims ?? [];
  const claims: [string, unknown][] = [["sub", principal.id]];
  for (const { claim, name } of declared) {
    const value = own(principal.claims, name);
    if (value !== undefined) claims.push([claim, value]);
  }
  return { principalId: principal.id, identity: principal.identity, claims: Object.fromEntries(claims) };
}

function texts(parameters: Forwarding["parameters"]): Record<string, string> | undefined {
  const entries = Object.entries(parameters).map(([name, value]) => [name, `${value}`] as const);
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

function grouped(pairs: Pairs): Record<string, readonly string[]> {
  return Object.fromEntries(pairs.map(([name]) => [name, pairs.filter(([other]) => other === name).map(([, value]) => value)]));
}

function commas(pairs: Pairs): Record<string, string> {
  return Object.fromEntries(Object.entries(grouped(pairs)).map(([name, values]) => [name, values.join()]));
}

/** Media types that are text by their name; nothing that is encoded. */
function isText(fields: Pairs): boolean {
  const type = lowerAscii(valueOf(fields, "content-type") ?? "")
    .replace(/;.*/s, "")
    .trim();
  const isNamed = /^text\/|\+json$|\+xml$|^application\/(?:json|xml|javascript|x-www-form-urlencoded)$/.test(type);
  return isNamed && valuesOf(fields, "content-encoding").length === 0;
}

/** Of the Common Log Format, in UTC. */
function commonLogTime(now: number): string {
  const [, , day, month, year, time] = /^(\w+), (\d+) (\w+) (\d+) (\S+) GMT$/.exec(new Date(now).toUTCString()) ?? [];
  return `${day}/${month}/${year}:${time} +0000`;
}
