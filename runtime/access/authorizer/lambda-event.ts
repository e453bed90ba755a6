/**
 * The events that AWS gives to authorizer functions, with the parts that this one is handed and no others: of a part that is not
 * seen there is no member. The ARN names method and path only where both are seen; else it ends with the stage, and fits no route.
 */
import type { LambdaEvent } from "../../contract/authorizer.ts";
import type { Call } from "../../kernel/call.ts";
import { requestArn } from "./returned-policy.ts";
import { type SeenPart, stageOf, valueOf, valuesByName } from "./seen-parts.ts";

/** `sources`: the values of the first parts, which are the credential. */
export function lambdaEvent(form: LambdaEvent, api: string, sources: readonly string[], seen: readonly SeenPart[], call: Call): object {
  switch (form) {
    case "token":
      return { type: "TOKEN", methodArn: seenArn(api, seen, call), authorizationToken: sources[0] };
    case "1.0":
      return firstVersion(api, sources, seen, call);
    case "2.0":
      return secondVersion(api, sources, seen, call);
  }
}

function seenArn(api: string, seen: readonly SeenPart[], call: Call): string {
  const isWhole = valueOf(seen, "method") !== undefined && valueOf(seen, "path") !== undefined;
  return isWhole ? requestArn(api, call) : `${api}/${stageOf(call)}/`;
}

/** As REST APIs give it to REQUEST authorizers; names of fields as the program writes them. */
function firstVersion(api: string, sources: readonly string[], seen: readonly SeenPart[], call: Call): object {
  const [method, path, resource, ip] = (["method", "path", "routePath", "clientIp"] as const).map((kind) => valueOf(seen, kind));
  const single = sources.length === 1 ? sources[0] : undefined;
  return {
    version: "1.0",
    type: "REQUEST",
    methodArn: seenArn(api, seen, call),
    identitySource: single,
    authorizationToken: single,
    resource,
    path,
    httpMethod: method,
    headers: valuesByName(seen, "header", (name) => name),
    queryStringParameters: valuesByName(seen, "query", (name) => name),
    requestContext: {
      ...apiFacts(api, call),
      domainName: valueOf(seen, "host"),
      httpMethod: method,
      path,
      resourcePath: resource,
      identity: ip === undefined ? undefined : { sourceIp: ip },
    },
  };
}

/** As HTTP APIs give it; names of fields in lower case. */
function secondVersion(api: string, sources: readonly string[], seen: readonly SeenPart[], call: Call): object {
  const [method, path, resource, sourceIp] = (["method", "path", "routePath", "clientIp"] as const).map((kind) => valueOf(seen, kind));
  const routeKey = method === undefined || resource === undefined ? undefined : `${method} ${resource}`;
  return {
    version: "2.0",
    type: "REQUEST",
    routeArn: seenArn(api, seen, call),
    identitySource: sources,
    routeKey,
    rawPath: path,
    headers: valuesByName(seen, "header", (name) => name.toLowerCase()),
    queryStringParameters: valuesByName(seen, "query", (name) => name),
    requestContext: { ...apiFacts(api, call), domainName: valueOf(seen, "host"), http: { method, path, sourceIp }, routeKey },
  };
}

function apiFacts(api: string, call: Call): object {
  const [, , , , accountId, apiId] = api.split(":");
  return { accountId, apiId, stage: stageOf(call) };
}
