/** How a gateway wants to be observed: a door for those who look after it, and what is told there. */
import type { ListenerDoor } from "./doors.ts";
import type { Expr } from "./expression.ts";

export type Observe = {
  readonly door?: ObserveDoor;
  readonly metrics?: MetricsSettings;
  readonly traces?: TracesSettings;
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
