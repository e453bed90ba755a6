/** Counts that several gateways share, as a store outside keeps them. */
import type { Measure } from "./traffic-data.ts";

/** Where a store is. Addresses are `redis://HOST[:PORT]`, or `rediss://` for TLS. Times in milliseconds. */
export type HostStore = {
  readonly name: string;
  readonly mode: "single" | "cluster" | "sentinel";
  readonly nodes: readonly string[];
  /** What sentinels call it. */
  readonly master?: string;
  readonly user?: string;
  readonly password?: string;
  /** Until an answer; then the store counts as away. */
  readonly timeout: number;
  /** How long a call under way counts after its process was last heard of. */
  readonly lease: number;
};

/** `begin` and `end` of a window, milliseconds since 1970. */
export type SharedMeasure =
  | Extract<Measure, { kind: "throttle" }>
  | { readonly kind: "quota"; readonly calls: number; readonly begin: number; readonly end: number }
  | Extract<Measure, { kind: "concurrency" }>;

/** One key of one limit. `key` means nothing to a store, and equal keys have equal measures. */
export type SharedAsk = { readonly store: string; readonly key: string; readonly measure: SharedMeasure };

/**
 * `amount` after the call was counted, or was not since it would be too many: of a throttle the drops that its bucket holds (a call takes 1000 for
 * each second of its rate), of a quota the calls that came, of a concurrency those under way. `lease`: of a call under way, the name under which it
 * counts until it is given back or its process is gone. `away`: nobody knows. `alone`: nobody else counts, so whoever asks may do so.
 */
export type SharedCount = { readonly passes: boolean; readonly amount: number; readonly lease?: string } | "away" | "alone";

/** What was counted and is to be as if it had not been. */
export type SharedReturn = SharedAsk & { readonly lease?: string };

export type SharedCounts = {
  /** Each is looked at and counted in one step of its store; all are asked in one round trip. An answer for each, in order. Never rejects. */
  readonly count: (asks: readonly SharedAsk[]) => Promise<readonly SharedCount[]>;
  /** Of calls that were counted here and refused elsewhere, and of calls under way that are over. Nobody waits for it. */
  readonly giveBack: (asks: readonly SharedReturn[]) => void;
};
