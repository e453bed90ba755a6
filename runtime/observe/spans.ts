/**
 * A call as spans: itself, its phases, and its call to a backend (OpenTelemetry semantic conventions for HTTP). Promises that nothing is in them that is
 * not the program's word but method and status: no path, no query, no field, no address.
 */
import { pathOfRoute } from "../contract/route-key.ts";
import { partSpanId } from "../contract/trace.ts";
import { loggedPrincipal, rulePlaces } from "./access-entry.ts";
import type { CallRecord, PartNote } from "./call-record.ts";
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
  const { outcome, duration, time, status, fault, phases = {} } = record;
  const trace = outcome?.trace;
  if (outcome === undefined || trace === undefined || !trace.isSampled) return [];
  const { traceId, spanId, parentId, backendSpanId, state } = trace;
  const { route, cause, effect, rules, principal, entry } = outcome.decision;
  const method = methodName(record.method);
  const path = route === undefined ? undefined : pathOfRoute(route);
  const isError = hasFailed(record);
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
  if (answer === undefined) return [whole, ...parts];
  return [whole, ...parts, ...backendSpans(record, backendSpanId, (name, from, to) => part(name, answer + from, answer + to))];
}

/** `part`: a span, from and to so many milliseconds after the backend was called. */
function backendSpans(
  { backend, backendTime, method, status, notes: { parts }, ...record }: CallRecord,
  spanId: string,
  part: (name: string, from: number, to: number) => Span,
): readonly Span[] {
  if (parts !== undefined) {
    const composed = part("compose", 0, backendTime);
    const spanOf = (one: PartNote, at: number): Span =>
      partSpan(one, { ...part("GET", one.begun, one.begun + one.time), spanId: partSpanId(spanId, at) }, composed);
    return [composed, ...parts.map(spanOf)];
  }
  if (backend === undefined) return [];
  const name = methodName(method);
  const isError = hasFailed({ status, ...record });
  const attributes = { "http.request.method": name, "gwl.backend": backend, ...(isError ? {} : { "http.response.status_code": status }) };
  return [{ ...part(name, 0, backendTime), kind: "client", spanId, attributes, isError }];
}

function methodName(method: string): string {
  return methods.has(method) ? method : "_OTHER";
}

function hasFailed({ fault, status, isCut }: Pick<CallRecord, "fault" | "status" | "isCut">): boolean {
  return fault !== undefined || status >= 500 || isCut;
}

function partSpan({ name, backend, status, fault }: PartNote, span: Span, { spanId }: Span): Span {
  const told = {
    ...(status === undefined ? {} : { "http.response.status_code": status }),
    ...(fault === undefined ? {} : { "error.type": fault }),
  };
  const attributes = { "http.request.method": "GET", "gwl.backend": backend, "gwl.part": name, ...told };
  return { ...span, kind: "client", parentId: spanId, attributes, isError: fault !== undefined };
}
