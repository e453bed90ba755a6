/** How a gateway is to be observed, as hosts are told. Times in milliseconds but where said. */
import type { Measure } from "./traffic-data.ts";

export type HostObserve = {
  /** Where figures and health are told: a door that no request of the gateway comes by. */
  readonly door?: { readonly at: ObserveAt; readonly address: string };
  readonly measured: HostMeasured;
  /** Where keys of identities are published that readiness needs. */
  readonly keys: readonly HostKeys[];
  readonly metrics?: HostMetrics;
  readonly log?: HostLog;
  /** Whom the gateway's own spans are told. */
  readonly tracesTo?: string;
};

export type ObserveAt = { readonly kind: "port"; readonly port: number } | { readonly kind: "socket"; readonly path: string };

/** `set`: the address of the keys; `issuer`: of who says where they are. */
export type HostKeys = { readonly identity: string; readonly kind: "set" | "issuer"; readonly at: string };

/** What figures and spans may name. */
export type HostMeasured = {
  readonly gateway: string;
  readonly stage?: string;
  readonly routes: readonly MeasuredRoute[];
  /** Kinds of callers by the names of their identities, several joined by ` and `. */
  readonly callers: readonly string[];
  /** Absent: nothing is limited. */
  readonly limits?: readonly MeasuredLimit[];
};
/** `key`: of its site, as decisions name it. `plan`: where it belongs to one. */
export type MeasuredLimit = { readonly key: string; readonly name: string; readonly kind: Measure["kind"]; readonly plan?: string };
export type MeasuredRoute = { readonly key: string; readonly api?: string; readonly version?: number };

/** `buckets`: upper ends in seconds, ascending. `to`: who is told, and how often. */
export type HostMetrics = {
  readonly buckets: readonly number[];
  readonly to?: { readonly url: string; readonly every: number };
};

/** What the log says of calls. `fields` absent: what is usual. Names of headers in lower case. */
export type HostLog = {
  readonly format: "json" | "common" | "combined";
  readonly fields?: readonly string[];
  readonly mask: readonly ("client" | "principal" | "path")[];
  readonly headers: readonly string[];
  readonly decisions: "none" | "denied" | "all";
};
