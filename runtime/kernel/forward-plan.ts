/** The request that a backend gets: what came, but for what the header firewall holds back, with what the route sets (D22, D47). */
import type { Answer, HeaderField, AnswerChanges } from "../contract/gateway.ts";
import type { Withheld } from "../contract/verification.ts";
import type { Call } from "./call.ts";
import { forwardHeaders } from "./forward.ts";
import type { Passing, SetHeader } from "./running-backend.ts";

type Forward = Extract<Answer, { kind: "forward" }>;
type Plan = { -readonly [Part in keyof Forward]: Forward[Part] };

/** Undefined: a value to set cannot stand in a header, and the request must be refused. */
export function forwardPlan(backend: string, call: Call, passing: Passing): Forward | undefined {
  const passed = passedOn(call, passing);
  if (passed === undefined) return undefined;
  const { method, path } = call.request;
  const { headers, query } = passed;
  const { key, moved, read, body } = passing;
  const target = query === undefined ? path : `${path}?${query}`;
  // What there is not is absent, not undefined. Written out, as everything that each call makes.
  const plan: Plan = { kind: "forward", backend, method, target, headers, body, responseHeaders: responseHeaders(passing) };
  if (key !== undefined) plan.key = key;
  if (moved !== undefined) plan.movedHeaders = moved;
  if (read !== undefined) plan.read = read;
  return plan;
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

export function answerChanges(passing: Passing): AnswerChanges {
  const { moved, read } = passing;
  const changes = { responseHeaders: responseHeaders(passing) };
  if (moved === undefined && read === undefined) return changes;
  return { ...changes, ...(moved === undefined ? {} : { movedHeaders: moved }), ...(read === undefined ? {} : { read }) };
}

function responseHeaders({ onResponse, requestId, unsaid = none }: Passing): AnswerChanges["responseHeaders"] {
  const own = ["x-request-id", [requestId]] as const;
  if (onResponse.length === 0 && unsaid.length === 0) return [own];
  const set: (readonly [name: string, values: readonly string[]])[] = [];
  for (const [name, value] of onResponse) set.push([name, value === undefined ? none : [value]]);
  for (const name of unsaid) set.push([name, none]);
  set.push(own);
  return set;
}

const none: readonly string[] = [];

/** A credential that stays here; what the route sets under the name of one goes on. */
function withRemoved(set: readonly SetHeader[], names: readonly string[] | undefined): readonly SetHeader[] {
  if (names === undefined || names.length === 0) return set;
  const removed = names.filter((name) => !set.some(([other]) => other === name));
  return removed.length === 0 ? set : [...set, ...removed.map((name): SetHeader => [name, undefined])];
}

/** At most one identity of a caller keeps something back: a request is signed once. */
function withheldOf({ principals }: Call): Withheld | undefined {
  for (const { withheld } of principals) if (withheld !== undefined) return withheld;
  return undefined;
}
