/** How the servers of an `http` backend are called: what the program fixes. Times in milliseconds, shares from 0 to 1. */

export type HttpTraffic = {
  readonly timeouts: HttpTimeouts;
  /** Absent: HTTP/1.1. `h2`: HTTP/2 by TLS; `h2c`: HTTP/2 in clear. */
  readonly protocol?: "h2" | "h2c";
  /** Absent: one after the other. */
  readonly balance?: "least_requests" | "hash";
  /** Calls at once to one address. */
  readonly connections?: number;
  /** How many calls more may wait for one of these, and for how long. */
  readonly queue?: { readonly length: number; readonly time: number };
  /** Names are asked of DNS, not of the system: of `targets` their addresses, of a `service` its SRV records. */
  readonly dns?: DnsRule;
  readonly health?: HealthRule;
  readonly outliers?: OutlierRule;
  readonly retry?: RetryRule;
  readonly breaker?: BreakerRule;
  /** The share of calls of which a copy goes to other servers. */
  readonly mirror?: { readonly share: number };
};

export type HttpTimeouts = {
  /** Until a connection stands, TLS included. */
  readonly connect: number;
  /** From the last byte of the request to the first of the answer. */
  readonly firstByte: number;
  /** Between any two bytes of the answer. */
  readonly idle: number;
  /** For the whole call, with all attempts. */
  readonly total?: number;
};

/** `every` absent: as long as the records say. */
export type DnsRule = { readonly service: boolean; readonly every?: number };

/** A server is well after `passes` good answers in a row, and unwell after `fails` bad ones. */
export type HealthRule = {
  readonly method: "GET" | "HEAD";
  readonly path: string;
  readonly every: number;
  readonly timeout: number;
  readonly fails: number;
  readonly passes: number;
  /** Both ends are good. */
  readonly statuses: readonly [low: number, high: number];
};

/** An address that failed `failures` times in a row gets no calls for `time`, as long as no more than `share` of all are left out. */
export type OutlierRule = { readonly failures: number; readonly time: number; readonly share: number };

export type RetryCause = "connect" | "reset" | "timeout" | 429 | 500 | 502 | 503 | 504;
export type RetryRule = {
  /** Attempts after the first. */
  readonly times: number;
  readonly on: readonly RetryCause[];
  /** Which calls, where some of one may have reached a server. */
  readonly calls: "idempotent" | "any";
  /** Attempts beside the first, as a share of calls. */
  readonly budget: number;
  /** The longest pause before the second attempt; each next one may be twice as long. */
  readonly backoff: number;
};

/** Opens where at least `least` calls ended within `window`, and `share` of them badly; `trials` calls after `pause` say how it goes on. */
export type BreakerRule = {
  readonly share: number;
  readonly window: number;
  readonly least: number;
  readonly pause: number;
  readonly trials: number;
};
