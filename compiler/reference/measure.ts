/** What the calls of one key have left, by each way of counting (D201). Knows no keys. */
import type { SharedAsk, SharedCount } from "../../runtime/contract/shared-counts.ts";
import type { Measure, QuotaWindow } from "../model/traffic.ts";

/** Milliseconds: on the clock of the limits, which stands still while the world's goes back, and the highest since 1970 that the world's has shown. */
export type Instant = { readonly at: bigint; readonly latest: bigint };
/** A call that asked, whether it passed and was counted, and whether it is over. */
export type Asked = Instant & { counts: boolean; isOver: boolean };

/** Where one call stands with one limit. `wait`: milliseconds until it could pass. */
export type Standing = {
  readonly passes: boolean;
  readonly wait: bigint;
  /** Parameters of the policy and, `after` the call was counted or not, of what is left. */
  readonly policy: string;
  readonly left: (after: boolean) => string;
};

export function measured(measure: Measure, calls: readonly Asked[], now: Instant): Standing {
  switch (measure.kind) {
    case "throttle":
      return bucket(measure, calls, now);
    case "quota":
      return quota(measure, calls, now);
    case "concurrency":
      return underWay(measure, calls);
  }
}

/**
 * A bucket, told from its first call on. In a millisecond it gains `count` drops, a call takes as many as there are milliseconds in `seconds`.
 */
function bucket(measure: Extract<Measure, { kind: "throttle" }>, calls: readonly Asked[], { at }: Instant): Standing {
  const gain = BigInt(measure.count);
  const price = priceOf(measure);
  const full = BigInt(measure.burst) * price;
  let drops = full;
  let last = calls[0]?.at ?? at;
  for (const call of [...calls, { at, counts: false }]) {
    drops = least(full, drops + (call.at - last) * gain);
    if (call.counts) drops -= price;
    last = call.at;
  }
  return bucketWith(measure, drops);
}

/** `drops`: before the call takes any. */
function bucketWith(measure: Extract<Measure, { kind: "throttle" }>, drops: bigint): Standing {
  const gain = BigInt(measure.count);
  const price = priceOf(measure);
  const full = BigInt(measure.burst) * price;
  const until = (wanted: bigint, from: bigint): bigint => (wanted <= from ? 0n : (wanted - from + gain - 1n) / gain);
  return {
    passes: drops >= price,
    wait: until(price, drops),
    policy: `;q=${measure.burst};w=${seconds(until(full, 0n))}`,
    left: (after) => {
      const rest = after ? drops - price : drops;
      return `;r=${rest / price};t=${seconds(until(full, rest))}`;
    },
  };
}

function priceOf(measure: Extract<Measure, { kind: "throttle" }>): bigint {
  return BigInt(measure.seconds) * 1000n;
}

/** What a store says of one key, as it was before it counted the call. */
export function standingElsewhere(measure: Measure, { passes, amount }: Exclude<SharedCount, string>, { latest }: Instant): Standing {
  if (measure.kind === "concurrency") return { ...underWayWith(measure, passes ? amount - 1 : amount), passes };
  if (measure.kind === "quota") return { ...quotaWith(measure, passes ? amount - 1 : amount, latest), passes };
  return { ...bucketWith(measure, BigInt(amount) + (passes ? priceOf(measure) : 0n)), passes };
}

/** In the form that stores take. */
export function askOf(measure: Measure, { latest }: Instant): SharedAsk["measure"] {
  if (measure.kind !== "quota") return measure;
  const { begin, end } = windowOf(measure.window, Number(latest) - measure.offset);
  return { kind: "quota", calls: measure.calls, begin: begin + measure.offset, end: end + measure.offset };
}

/** Started ones count. */
export function seconds(milliseconds: bigint): bigint {
  return (milliseconds + 999n) / 1000n;
}

/** Calls in the same window of the calendar. */
function quota(measure: Quota, calls: readonly Asked[], { latest }: Instant): Standing {
  const { window, offset } = measure;
  const windowAt = (instant: bigint): Window => windowOf(window, Number(instant) - offset);
  const current = windowAt(latest);
  return quotaWith(measure, calls.filter((call) => call.counts && windowAt(call.latest).begin === current.begin).length, latest);
}

/** `used`: before the call is counted. */
function quotaWith({ calls: most, window, offset }: Quota, used: number, latest: bigint): Standing {
  const current = windowOf(window, Number(latest) - offset);
  const rest = BigInt(current.end + offset) - latest;
  return {
    passes: used < most,
    wait: rest,
    policy: `;q=${most};w=${seconds(BigInt(current.end - current.begin))}`,
    left: (after) => `;r=${most - used - (after ? 1 : 0)};t=${seconds(rest)}`,
  };
}

type Quota = Extract<Measure, { kind: "quota" }>;
type Window = { readonly begin: number; readonly end: number };

function windowOf(window: QuotaWindow, instant: number): Window {
  const date = new Date(instant);
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  const sinceMonday = (date.getUTCDay() + 6) % 7;
  switch (window) {
    case "day":
      return { begin: Date.UTC(year, month, day), end: Date.UTC(year, month, day + 1) };
    case "week":
      return { begin: Date.UTC(year, month, day - sinceMonday), end: Date.UTC(year, month, day - sinceMonday + 7) };
    case "month":
      return { begin: Date.UTC(year, month), end: Date.UTC(year, month + 1) };
  }
}

function underWay(measure: Concurrency, calls: readonly Asked[]): Standing {
  return underWayWith(measure, calls.filter((call) => call.counts && !call.isOver).length);
}

type Concurrency = Extract<Measure, { kind: "concurrency" }>;

/** `running`: beside the call. Nobody knows when a call ends: a second is a guess. */
function underWayWith({ calls: most }: Concurrency, running: number): Standing {
  return {
    passes: running < most,
    wait: 1000n,
    policy: `;q=${most};qu="concurrent-requests"`,
    left: (after) => `;r=${most - running - (after ? 1 : 0)}`,
  };
}

function least(left: bigint, right: bigint): bigint {
  return left < right ? left : right;
}
