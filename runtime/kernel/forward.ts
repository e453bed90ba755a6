/**
 * The header firewall towards the backend: what clients may not say, the gateway says itself. Nothing that a backend could
 * take for the gateway's word passes through.
 */
import type { HeaderField } from "../contract/gateway.ts";
import type { CanonicalRequest } from "./canonical-request.ts";
import { hopByHop } from "./hop-by-hop.ts";

export type ForwardFacts = {
  /** Canonical text of the client's address. */
  readonly client: string;
  readonly protocol: "http" | "https";
  readonly requestId: string;
  /** In place of what the client says of traces, where the gateway takes part in them. */
  readonly trace?: readonly HeaderField[] | undefined;
  /** Fields that the route sets, names lower-case and distinct, in any order; an absent value removes the field. */
  readonly set: readonly (readonly [name: string, value: string | undefined])[];
};

const dropped: ReadonlySet<string> = new Set([
  "host",
  "content-length",
  "expect",
  "forwarded",
  "x-real-ip",
  "x-request-id",
  "x-http-method",
  "x-http-method-override",
  "x-method-override",
  "x-original-url",
  "x-rewrite-url",
  "x-middleware-subrequest",
  "client-cert",
  "client-cert-chain",
]);

/** The end-to-end fields in order. Undefined: a value to set could not stand in a field, and the request must be refused. */
export function forwardHeaders(request: CanonicalRequest, facts: ForwardFacts): readonly HeaderField[] | undefined {
  const { set, trace } = facts;
  for (const [, value] of set) if (value !== undefined && !isSettable(value)) return undefined;
  const staysHere = hopByHop(request.headers);
  const fields: HeaderField[] = [];
  for (const field of request.headers) {
    const [name] = field;
    if (trace !== undefined && (name === "traceparent" || name === "tracestate")) continue;
    if (!dropped.has(name) && !name.startsWith("x-forwarded-") && !staysHere(name) && !sets(set, name)) fields.push(field);
  }
  fields.push(["x-forwarded-for", facts.client], ["x-forwarded-proto", facts.protocol]);
  if (request.authority !== "") fields.push(["x-forwarded-host", request.authority]);
  fields.push(["x-request-id", facts.requestId]);
  if (trace !== undefined) fields.push(...trace);
  for (const [name, value] of isSorted(set) ? set : set.toSorted(byName)) if (value !== undefined) fields.push([name, value]);
  return fields;
}

function byName([left]: ForwardFacts["set"][number], [right]: ForwardFacts["set"][number]): number {
  return left < right ? -1 : 1;
}

function isSorted(set: ForwardFacts["set"]): boolean {
  for (let at = 1; at < set.length; at++) if ((set[at - 1]?.[0] ?? "") > (set[at]?.[0] ?? "")) return false;
  return true;
}

function sets(set: ForwardFacts["set"], name: string): boolean {
  for (const one of set) if (one[0] === name) return true;
  return false;
}

/** No control character, tab included, and nothing beyond latin1: a claim in a header must not become a second header. */
export function isSettable(value: string): boolean {
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at);
    if (code < 32 || code === 127 || code > 255) return false;
  }
  return true;
}
