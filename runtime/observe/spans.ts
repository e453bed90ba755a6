/**
 * A call as spans: itself, its phases, and its call to a backend (OpenTelemetry semantic conventions for HTTP). Promises that nothing is in them that is
 * not the program's word but method and status: no path, no query, no field, no address.
 */
import { pathOfRoute } from "../contract/route-key.ts";
import { loggedPrincipal, rulePlaces } from "./access-entry.ts";
import type { CallRecord } from "./call-record.ts";
import { callerName } from "./metrics/measured.ts";

export type Span = {
  readonly name: string;
  readonly kind: "server" | "client" | "internal";
  readonly traceId: string;
  readonly spanId: string;
  readonly parentId?: string;
  readonly state?: string;
  /** Milliseconds since 1970 UTC, and how long. */
  readonly begun: number;
  readonly duration: number;
  readonly attributes: Readonly<Record<string, string | number | readonly string[]>>;
  readonly isError: boolean;
};

export type SpanNames = {
  /** `file:line` of each site. */
  readonly sites: readonly string[];
  /** 16 hex digits, not all zero. */
  readonly freshId: () => string;
};

/** Methods that are names; others are told as `_OTHER`. */
const methods: ReadonlySet<string> = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/** None for a call that is not traced. */
export function spansOf(record: CallRecord, { sites, freshId }: SpanNames): readonly Span[] {
  const { outcome, duration, time, status, fault, phases = {}, backend, backendTime } = record;
  const trace = outcome?.trace;
  if (outcome === undefined || trace === undefined || !trace.isSampled) return [];
  const { traceId, spanId, parentId, backendSpanId, state } = trace;
  const { route, cause, effect, rules, principal, entry } = outcome.decision;
  const method = methods.has(record.method) ? record.method : "_OTHER";
  const path = route === undefined ? undefined : pathOfRoute(route);
  const isError = fault !== undefined || status >= 500 || record.isCut;
  const common = { traceId, ...(state === undefined ? {} : { state }) };
  const whole: Span = {
    ...common,
    name: path === undefined ? method : `${method} ${path}`,
    kind: "server",
    spanId,
    ...(parentId === undefined ? {} : { parentId }),
    begun: time,
    duration,
    attributes: {
      "http.request.method": method,
      ...(path === undefined ? {} : { "http.route": path }),
      ...(status === 0 ? {} : { "http.response.status_code": status }),
      "gwl.effect": effect,
      "gwl.cause": cause,
      "gwl.rules": rulePlaces(rules, sites),
      "gwl.request_id": record.id,
      ...(principal === undefined ? {} : { "gwl.principal": callerName(loggedPrincipal(principal)) }),
      ...(entry === undefined ? {} : { "gwl.entry": entry }),
      ...(isError ? { "error.type": fault ?? (record.isCut ? "cut" : String(status)) } : {}),
    },
    isError,
  };
  const part = (name: string, from: number, to: number): Span => ({
    ...common,
    name,
    kind: "internal",
    spanId: freshId(),
    parentId: spanId,
    begun: time + from,
    duration: Math.max(0, to - from),
    attributes: {},
    isError: false,
  });
  const { authenticate, decide, body, answer } = phases;
  const end = answer ?? duration;
  const parts = [
    part("route", 0, authenticate ?? body ?? end),
    ...(authenticate === undefined ? [] : [part("authenticate", authenticate, decide ?? end)]),
    ...(decide === undefined ? [] : [part("decide", decide, body ?? end)]),
    ...(body === undefined ? [] : [part("body", body, end)]),
  ];
  if (backend === undefined || answer === undefined) return [whole, ...parts];
  const attributes = { "http.request.method": method, "gwl.backend": backend, ...(isError ? {} : { "http.response.status_code": status }) };
  const call: Span = { ...part(method, answer, answer + backendTime), kind: "client", spanId: backendSpanId, attributes, isError };
  return [whole, ...parts, call];
}
