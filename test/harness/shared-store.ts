/** A store in memory, as `SharedCounts` describes one: for comparing hands that ask it. The clock stands where the test puts it. */
import type { SharedAsk, SharedCount, SharedCounts } from "../../runtime/contract/shared-counts.ts";

export type TestStore = SharedCounts & {
  /** Milliseconds; never goes back here. */
  now: number;
  isAway: boolean;
};

export function testStore(): TestStore {
  const buckets = new Map<string, { drops: bigint; at: bigint }>();
  const used = new Map<string, number>();
  const bucketOf = (key: string, full: bigint, at: bigint): { drops: bigint; at: bigint } => {
    const bucket = buckets.get(key) ?? { drops: full, at };
    buckets.set(key, bucket);
    return bucket;
  };
  const count = ({ key, measure }: SharedAsk): SharedCount => {
    if (measure.kind === "quota") {
      const before = used.get(key) ?? 0;
      const passes = before < measure.calls;
      used.set(key, before + (passes ? 1 : 0));
      return { passes, amount: used.get(key) ?? 0 };
    }
    const [price, at] = [BigInt(measure.seconds) * 1000n, BigInt(store.now)];
    const full = BigInt(measure.burst) * price;
    const bucket = bucketOf(key, full, at);
    const filled = bucket.drops + (at - bucket.at) * BigInt(measure.count);
    bucket.drops = filled < full ? filled : full;
    bucket.at = at;
    const passes = bucket.drops >= price;
    if (passes) bucket.drops -= price;
    return { passes, amount: Number(bucket.drops) };
  };
  const giveBack = ({ key, measure }: SharedAsk): void => {
    if (measure.kind === "quota") return void used.set(key, (used.get(key) ?? 1) - 1);
    const price = BigInt(measure.seconds) * 1000n;
    const bucket = buckets.get(key);
    if (bucket !== undefined) bucket.drops += price;
  };
  const store: TestStore = {
    now: 0,
    isAway: false,
    count: (asks) => Promise.resolve(asks.map((ask) => (store.isAway ? "away" : count(ask)))),
    giveBack: (asks) => asks.forEach(giveBack),
  };
  return store;
}
