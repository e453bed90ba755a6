/**
 * The counts of a limit by key. Promises: no number of keys makes it grow beyond its size, none makes it forget what another key has used up,
 * and each key costs a bounded part of tidying up. Keys that come while all places are taken share some: they are let through more seldom than
 * they might, never more often.
 */
import { textHash } from "../kernel/text-hash.ts";
import type { Clock, Count, Meter } from "./meter.ts";

/** Settled. `key`: absent where calls have none. */
export type CountOf = (key: string | undefined, now: Clock) => Count;

export type KeySpace = { readonly places: number; readonly shared: number };
export const usualSpace: KeySpace = { places: 100_000, shared: 1024 };

/** Places looked at for each new key: with two or more, a place is found again before as many keys have come as there are places. */
const tidiedEach = 4;

export function countedKeys(meter: Meter, { places, shared }: KeySpace = usualSpace): CountOf {
  const counts = new Map<string, Count>();
  const crowd: (Count | undefined)[] = [];
  let nameless: Count | undefined;
  let sweep = counts.entries();

  const tidy = (now: Clock): void => {
    for (let looked = 0; looked < tidiedEach; looked++) {
      const next = sweep.next();
      if (next.done === true) {
        sweep = counts.entries();
        return;
      }
      const [key, count] = next.value;
      meter.settle(count, now);
      if (meter.isFresh(count)) counts.delete(key);
    }
  };
  const newcomer = (key: string, now: Clock): Count => {
    tidy(now);
    if (counts.size >= places) return (crowd[(textHash(key) >>> 0) % shared] ??= meter.fresh(now));
    const count = meter.fresh(now);
    counts.set(key, count);
    return count;
  };
  return (key, now) => {
    const count = key === undefined ? (nameless ??= meter.fresh(now)) : (counts.get(key) ?? newcomer(key, now));
    meter.settle(count, now);
    return count;
  };
}
