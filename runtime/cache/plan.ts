/**
 * What may be kept of the answer to a call, or what the call changes. Promises: the key has all that a backend is told of the call beside what names
 * its client and itself, and, where the program does not say otherwise, the whole caller.
 */
import type { CacheData, CachePlan } from "../contract/cache.ts";
import type { Call } from "../kernel/call.ts";
import type { Caching, CachingRoute } from "../kernel/caching.ts";
import { allValues, countFields } from "../kernel/fields.ts";
import { type BackendAnswer, requestedFields } from "./backend-question.ts";
import { directivesOf } from "./directives.ts";
import { sortedJson } from "./sorted-json.ts";

export function caching(): Caching {
  return (answer, call, path, { data, code }) => {
    if (answer.kind === "local" || answer.kind === "websocket" || answer.kind === "compose") return answer;
    if (data.changesKept) return isSafe(call.request.method) ? answer : { ...answer, changes: placeOf(path, call, data) };
    if (data.cache === undefined) return answer;
    const cache = planOf(data.cache, answer, call, placeOf(path, call, data), { data, code });
    return cache === undefined ? answer : { ...answer, cache };
  };
}

function isSafe(method: string): boolean {
  return method === "GET" || method === "HEAD" || method === "OPTIONS";
}

/** Undefined: something that tells answers apart is not there, so there are none for this call. */
function planOf(rule: CacheData, answer: BackendAnswer, call: Call, place: string, { data, code }: CachingRoute): CachePlan | undefined {
  const { whose, isPersonal, fields, documents, refresh, ...rest } = rule;
  const by = (code.cacheKey ?? []).map((subject) => subject(call));
  const caller = callerText(whose, call);
  if (caller === undefined || !by.every((text) => typeof text === "string")) return undefined;
  const forwarded = requestedFields(answer);
  const told = forwarded.filter(([name]) => alwaysTold.has(name) || fields.includes(name)).sort(([left], [right]) => compared(left, right));
  const said = directivesOf(allValues(call.request.headers, "cache-control"));
  const wants = said.has("no-cache") || said.get("max-age")?.some(isZero) === true || saysPragma(call);
  return {
    ...rest,
    key: JSON.stringify([stageOf(call), data.key, answer.backend, targetOf(answer), caller, by, told]),
    place,
    isPersonal,
    needsConsent: !isPersonal && (call.principals.length > 0 || countFields(forwarded, "authorization") > 0),
    refreshes: wants && mayRefresh(refresh, documents, call),
    keepsNothing: said.has("no-store"),
  };
}

function compared(left: string, right: string): number {
  return left === right ? 0 : left < right ? -1 : 1;
}

/** What the gateway says of a call to its backend, but for what is different for each client and call; and cookies, which stand for somebody. */
const alwaysTold: ReadonlySet<string> = new Set(["x-forwarded-proto", "x-forwarded-host", "cookie", "client-cert", "client-cert-chain"]);

/** Undefined: nobody is known, and the answer is somebody's. */
function callerText(whose: CacheData["whose"], { principals, bound }: Call): string | undefined {
  if (whose === "everyone") return "";
  if (principals.length === 0) return undefined;
  const nameOf = (identity: number): string => bound.data.identities[identity]?.name ?? "";
  return whose === "some"
    ? JSON.stringify(principals.map(({ identity }) => nameOf(identity)))
    : sortedJson(principals.map(({ identity, id, claims }) => [nameOf(identity), id, claims]));
}

function targetOf(answer: BackendAnswer): unknown {
  if (answer.kind === "forward") return answer.target;
  const { rawPath, path, rawQueryString, multiValueQueryStringParameters } = answer.event;
  return [rawPath ?? path, rawQueryString ?? multiValueQueryStringParameters];
}

/** A path at a backend as the program names it, whatever the query and whichever version of the backend. */
function placeOf(path: string, call: Call, { target }: CachingRoute["data"]): string {
  const backend = target.kind === "backend" ? call.bound.data.backends[target.backend]?.name : undefined;
  return JSON.stringify([stageOf(call), backend ?? "", path]);
}

/** Stages may share a store. */
function stageOf({ bound }: Call): string {
  return bound.stage ?? "";
}

function isZero(text: string): boolean {
  return /^0+$/.test(text);
}

/** Of HTTP/1.0, where nothing newer is said (RFC 9111, section 5.4). */
function saysPragma({ request: { headers } }: Call): boolean {
  return countFields(headers, "cache-control") === 0 && directivesOf(allValues(headers, "pragma")).has("no-cache");
}

function mayRefresh(refresh: CacheData["refresh"], documents: readonly number[], call: Call): boolean {
  if (refresh !== "permitted") return refresh === "anyone";
  const target = `${call.method}${call.request.path}`;
  return call.bound.policies.mayAct(call, { action: "execute-api:InvalidateCache", target, documents });
}
