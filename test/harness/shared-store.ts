/** A store in memory, as `SharedCounts` describes one: for comparing hands that ask it. The clock stands where the test puts it. */
import type { SharedAsk, SharedCount, SharedCounts, SharedReturn } from "../../runtime/contract/shared-counts.ts";

export type TestStore = SharedCounts & {
  /** Milliseconds; never goes back here. */
  now: number;
  isAway: boolean;
  /** Calls under way that were given back. */
  ended: number;
};

export function testStore(): TestStore {
  const buckets = new Map<string, { drops: bigint; at: bigint }>();
  const used = new Map<string, number>();
  const underWay = new Map<string, Set<string>>();
  let leases = 0;
  const leasesOf = (key: string): Set<string> => {
    const held = underWay.get(key) ?? new Set();
    underWay.set(key, held);
    return held;
  };
  const bucketOf = (key: string, full: bigint, at: bigint): { drops: bigint; at: bigint } => {
    const bucket = buckets.get(key) ?? { drops: full, at };
    buckets.set(key, bucket);
    return bucket;
  };
  const count = ({ key, measure }: SharedAsk): SharedCount => {
    if (measure.kind === "concurrency") {
      const held = leasesOf(key);
      if (held.size >= measure.calls) return { passes: false, amount: held.size };
      const lease = `lease ${++leases}`;
      held.add(lease);
      return { passes: true, amount: held.size, lease };
    }
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
  const giveBack = ({ key, measure, lease }: SharedReturn): void => {
    if (measure.kind === "concurrency") {
      if (lease === undefined || !leasesOf(key).delete(lease)) throw new Error("what is given back was not taken");
      store.ended += 1;
      return;
    }
    if (measure.kind === "quota") return void used.set(key, (used.get(key) ?? 1) - 1);
    const price = BigInt(measure.seconds) * 1000n;
    const bucket = buckets.get(key);
    if (bucket !== undefined) bucket.drops += price;
  };
  const store: TestStore = {
    now: 0,
    isAway: false,
    ended: 0,
    count: (asks) => Promise.resolve(asks.map((ask) => (store.isAway ? "away" : count(ask)))),
    giveBack: (asks) => asks.forEach(giveBack),
  };
  return store;
}
