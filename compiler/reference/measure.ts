/** What the calls of one key have left, by each way of counting (D201). Knows no keys. */
import type { Measure } from "../model/traffic.ts";

/** A call that asked, and whether it passed and was counted. `at`: milliseconds on the clock of the limits, which never goes back. */
export type Asked = { readonly at: bigint; readonly counts: boolean };

/** Where one call stands with one limit. `wait`: milliseconds until it could pass. */
export type Standing = {
  readonly passes: boolean;
  readonly wait: bigint;
  /** Parameters of the policy and, `after` the call was counted or not, of what is left. */
  readonly policy: string;
  readonly left: (after: boolean) => string;
};

export function measured(measure: Measure, calls: readonly Asked[], at: bigint): Standing {
  switch (measure.kind) {
    case "throttle":
      return bucket(measure, calls, at);
  }
}

/**
 * A bucket, told from its first call on. In a millisecond it gains `count` drops, a call takes as many as there are milliseconds in `seconds`.
 */
function bucket(measure: Extract<Measure, { kind: "throttle" }>, calls: readonly Asked[], at: bigint): Standing {
  const gain = BigInt(measure.count);
  const price = BigInt(measure.seconds) * 1000n;
  const full = BigInt(measure.burst) * price;
  let drops = full;
  let last = calls[0]?.at ?? at;
  for (const call of [...calls, { at, counts: false }]) {
    drops = least(full, drops + (call.at - last) * gain);
    if (call.counts) drops -= price;
    last = call.at;
  }
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

/** Started ones count. */
export function seconds(milliseconds: bigint): bigint {
  return (milliseconds + 999n) / 1000n;
}

function least(left: bigint, right: bigint): bigint {
  return left < right ? left : right;
}
