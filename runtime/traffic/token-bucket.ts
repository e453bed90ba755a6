/**
 * The bucket of a `throttle`, in whole numbers: a millisecond brings `count` drops, a call takes as many as its time has milliseconds. So a
 * rate of 3/s is exact.
 */
import type { Measure } from "../contract/traffic-data.ts";
import { type Meter, seconds } from "./meter.ts";

export function tokenBucket({ count: gain, seconds: period, burst }: Extract<Measure, { kind: "throttle" }>): Meter {
  const price = period * 1000;
  const full = burst * price;
  /** No call waits longer: beyond it a product would leave the whole numbers. */
  const longest = Math.ceil(full / gain);
  const policy = `;q=${burst};w=${seconds(longest)}`;
  return {
    fresh: ({ passed }) => ({ amount: full, at: passed }),
    settle: (bucket, { passed }) => {
      const since = passed - bucket.at;
      bucket.amount = since >= longest ? full : Math.min(full, bucket.amount + since * gain);
      bucket.at = passed;
    },
    left: ({ amount }) => Math.floor(amount / price),
    take: (bucket) => {
      bucket.amount -= price;
    },
    giveBack: (bucket) => {
      bucket.amount = Math.min(full, bucket.amount + price);
    },
    wait: ({ amount }) => Math.ceil((price - amount) / gain),
    isFresh: ({ amount }) => amount === full,
    policy: () => policy,
    reset: ({ amount }) => `;t=${seconds(Math.ceil((full - amount) / gain))}`,
  };
}
