/** How a gateway wants to be observed: a door for those who look after it, and what is told there. */
import type { Span } from "../../grammar/source/span.ts";
import type { ListenerDoor } from "./doors.ts";
import type { Expr } from "./expression.ts";

export type Observe = {
  readonly door?: ObserveDoor;
  readonly metrics?: MetricsSettings;
  readonly traces?: TracesSettings;
  readonly log?: LogSettings;
};

/** `address`: of the machine's own, to listen on; absent: the loopback address. */
export type ObserveDoor = { readonly at: ListenerDoor["at"]; readonly address?: Expr };

/** `buckets`: upper ends of the distributions of times, in milliseconds, ascending. */
export type MetricsSettings = {
  readonly buckets: readonly number[];
  /** Who is told every so many milliseconds. */
  readonly collector?: { readonly url: Expr; readonly every: number };
};

/** `share`: how many of 100 calls are traced that nobody traces yet. `collector`: who is told the gateway's own spans. */
export type TracesSettings = { readonly share: number; readonly collector?: Expr };

/** What a line of the log may have, in the usual order; the last three only where they are asked for. */
export const LOG_FIELDS = [
  "time",
  "id",
  "client",
  "method",
  "path",
  "route",
  "entry",
  "status",
  "effect",
  "cause",
  "rules",
  "principal",
  "backend",
  "fault",
  "gateway_ms",
  "backend_ms",
  "bytes_in",
  "bytes_out",
  "cut",
  "websocket",
  "parts",
  "authorizer_ms",
  "trace",
  "attempts",
] as const;
export type LogField = (typeof LOG_FIELDS)[number];

/** `fields` absent: the usual ones. Names of headers in lower case. */
export type LogSettings = {
  readonly format: "json" | "common" | "combined";
  readonly fields?: readonly LogField[];
  readonly mask: readonly ("client" | "principal" | "path")[];
  readonly headers: readonly { readonly name: string; readonly span: Span }[];
  readonly decisions: "none" | "denied" | "all";
};
