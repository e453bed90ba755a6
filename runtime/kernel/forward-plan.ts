/** The request that a backend gets: what came, but for what the header firewall holds back, with what the route sets (D22, D47). */
import type { Answer } from "../contract/gateway.ts";
import type { Withheld } from "../contract/verification.ts";
import type { Call } from "./call.ts";
import { forwardHeaders } from "./forward.ts";
import type { Passing, SetHeader } from "./running-backend.ts";

/** Undefined: a value to set cannot stand in a header, and the request must be refused. */
export function forwardPlan(
  backend: string,
  call: Call,
  { protocol, requestId, body, onRequest, onResponse, moved }: Passing,
): Answer | undefined {
  const withheld = withheldOf(call);
  const set = withRemoved(onRequest, withheld?.headers);
  const headers = forwardHeaders(call.request, { client: call.clientText, protocol, requestId, set });
  if (headers === undefined) return undefined;
  const { method, path } = call.request;
  const query = withheld === undefined ? call.request.query : withheld.query;
  return {
    kind: "forward",
    backend,
    method,
    target: query === undefined ? path : `${path}?${query}`,
    headers,
    body,
    responseHeaders: [
      ...onResponse.map(([name, value]) => [name, value === undefined ? [] : [value]] as const),
      ["x-request-id", [requestId]],
    ],
    ...(moved === undefined ? {} : { movedHeaders: moved }),
  };
}

/** A credential that stays here; what the route sets under the name of one goes on. */
function withRemoved(set: readonly SetHeader[], names: readonly string[] = []): readonly SetHeader[] {
  const removed = names.filter((name) => !set.some(([other]) => other === name));
  return removed.length === 0 ? set : [...set, ...removed.map((name): SetHeader => [name, undefined])];
}

/** At most one identity of a caller keeps something back: a request is signed once. */
function withheldOf({ principals }: Call): Withheld | undefined {
  for (const { withheld } of principals) if (withheld !== undefined) return withheld;
  return undefined;
}
