/** What an allowed request gets: the call to a backend or the gateway's own response, with the headers that the route sets (D22, D47). */
import type { Answer, HeaderField } from "../contract/gateway.ts";
import type { ResponseData } from "../contract/table-data.ts";
import type { Withheld } from "../contract/verification.ts";
import type { Arrival } from "./arrival.ts";
import type { Call } from "./call.ts";
import type { Subject } from "./diagram.ts";
import { forwardHeaders, isSettable } from "./forward.ts";

/** An absent value removes the field. */
type SetHeader = readonly [name: string, value: string | undefined];

/** `body`: the bytes of a typed one. Undefined: a value to set cannot stand in a header, and the request must be refused. */
export function answer({ call, route, protocol }: Arrival, requestId: string, body: Uint8Array | undefined): Answer | undefined {
  const { data, code, target } = route;
  const onResponse = setHeaders(data.responseHeaders, code.responseHeaders, call);
  const set = setHeaders(data.requestHeaders, code.requestHeaders, call);
  if (![...onResponse, ...set].every(([, value]) => value === undefined || isSettable(value))) return undefined;
  if (target.kind === "respond") return localAnswer(target.response, onResponse, requestId);
  const withheld = withheldOf(call);
  const headers = forwardHeaders(call.request, { client: call.clientText, protocol, requestId, set: withRemoved(set, withheld?.headers) });
  if (headers === undefined) return undefined;
  const { method, path, hasBody } = call.request;
  const query = withheld === undefined ? call.request.query : withheld.query;
  return {
    kind: "forward",
    backend: target.name,
    method,
    target: query === undefined ? path : `${path}?${query}`,
    headers,
    body: body ?? (hasBody ? "stream" : "none"),
    responseHeaders: [
      ...onResponse.map(([name, value]) => [name, value === undefined ? [] : [value]] as const),
      ["x-request-id", [requestId]],
    ],
  };
}

/** A credential that stays here; what the route sets under the name of one goes on. */
function withRemoved(set: readonly SetHeader[], names: readonly string[] = []): readonly SetHeader[] {
  const removed = names.filter((name) => !set.some(([other]) => other === name));
  return removed.length === 0 ? set : [...set, ...removed.map((name): SetHeader => [name, undefined])];
}

/** Sorted by name. */
function setHeaders(names: readonly string[], values: readonly Subject[], call: Call): readonly SetHeader[] {
  const headers = names.map((name, at): SetHeader => [name, headerText(values[at]?.(call))]);
  return headers.sort(([left], [right]) => (left < right ? -1 : 1));
}

function headerText(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function localAnswer(response: ResponseData, set: readonly SetHeader[], requestId: string): Answer {
  const headers: HeaderField[] = [];
  for (const [name, value] of response.headers) {
    const lower = name.toLowerCase();
    if (!set.some(([other]) => other === lower)) headers.push([lower, value]);
  }
  for (const [name, value] of set) if (value !== undefined) headers.push([name, value]);
  headers.push(["x-request-id", requestId]);
  return { kind: "local", status: response.status, headers, body: response.body };
}

/** At most one identity of a caller keeps something back: a request is signed once. */
function withheldOf({ principals }: Call): Withheld | undefined {
  for (const { withheld } of principals) if (withheld !== undefined) return withheld;
  return undefined;
}
