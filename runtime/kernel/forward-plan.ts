/** The request that a backend gets: what came, but for what the header firewall holds back, with what the route sets (D22, D47). */
import type { Answer, HeaderField, AnswerChanges } from "../contract/gateway.ts";
import type { Withheld } from "../contract/verification.ts";
import type { Call } from "./call.ts";
import { forwardHeaders } from "./forward.ts";
import type { Passing, SetHeader } from "./running-backend.ts";

/** Undefined: a value to set cannot stand in a header, and the request must be refused. */
export function forwardPlan(backend: string, call: Call, passing: Passing): Extract<Answer, { kind: "forward" }> | undefined {
  const passed = passedOn(call, passing);
  if (passed === undefined) return undefined;
  const { method, path } = call.request;
  const { headers, query } = passed;
  const { key } = passing;
  return {
    kind: "forward",
    backend,
    method,
    target: query === undefined ? path : `${path}?${query}`,
    ...(key === undefined ? {} : { key }),
    headers,
    body: passing.body,
    ...answerChanges(passing),
  };
}

/** What may pass of the request's fields and its query, whatever the backend is. Undefined as above. */
export function passedOn(
  call: Call,
  { protocol, requestId, onRequest }: Passing,
): { readonly headers: readonly HeaderField[]; readonly query: string | undefined } | undefined {
  const withheld = withheldOf(call);
  const set = withRemoved(onRequest, withheld?.headers);
  const headers = forwardHeaders(call.request, { client: call.clientText, protocol, requestId, trace: call.traceFields, set });
  return headers && { headers, query: withheld === undefined ? call.request.query : withheld.query };
}

export function answerChanges({ onResponse, moved, requestId }: Passing): AnswerChanges {
  const set = onResponse.map(([name, value]) => [name, value === undefined ? [] : [value]] as const);
  return { responseHeaders: [...set, ["x-request-id", [requestId]]], ...(moved === undefined ? {} : { movedHeaders: moved }) };
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
