/** What a limit remembers: no number of keys makes it grow, none makes it forget what another key has used up. */
import { describe, expect, test } from "vitest";
import { countedKeys, type CountOf } from "../../../runtime/traffic/counted-keys.ts";
import type { Clock, Meter } from "../../../runtime/traffic/meter.ts";
import { tokenBucket } from "../../../runtime/traffic/token-bucket.ts";

/** Two calls at once, one more each second. */
const meter = tokenBucket({ kind: "throttle", count: 1, seconds: 1, burst: 2 });

const instant = (passed: number): Clock => ({ passed, latest: passed });

function calls(countOf: CountOf, counted: Meter = meter): (key: string | undefined, at: number) => boolean {
  return (key, at) => {
    const count = countOf(key, instant(at));
    if (counted.left(count) < 1) return false;
    counted.take(count);
    return true;
  };
}

describe("keys of a limit", () => {
  test("count apart, and calls without a key count together", () => {
    const call = calls(countedKeys(meter));
    expect(["a", "a", "a", "b", undefined, undefined, undefined].map((key) => call(key, 0))).toEqual([
      true,
      true,
      false,
      true,
      true,
      true,
      false,
    ]);
  });

  test("a flood of keys makes nobody's bucket full again, nor a place beyond the last", () => {
    const space = { places: 50, shared: 4 };
    const call = calls(countedKeys(meter, space));
    expect([call("honest", 0), call("honest", 0), call("honest", 0)]).toEqual([true, true, false]);
    let passed = 0;
    for (let key = 0; key < 10_000; key++) passed += call(`made up ${key}`, 1) ? 1 : 0;
    expect(call("honest", 2)).toBe(false);
    // 49 places are left, where each has one call; all others share four buckets of two.
    expect(passed).toBe(49 + 4 * 2);
  });

  test("places whose bucket is full again are given to others", () => {
    const call = calls(countedKeys(meter, { places: 50, shared: 1 }));
    let passed = 0;
    for (let second = 0; second < 200; second++)
      for (let key = 0; key < 10; key++) passed += call(`visitor ${second} ${key}`, second * 1000) ? 1 : 0;
    expect(passed).toBe(2000);
  });

  test("hold less than 30 MB for 100,000 keys", () => {
    const call = calls(countedKeys(meter));
    const before = process.memoryUsage().heapUsed;
    for (let key = 0; key < 300_000; key++) call(`2001:db8:${key.toString(16)}:0`, 0);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(30e6);
    expect(call("2001:db8:0:0", 0)).toBe(true);
  });
});

describe("a bucket", () => {
  test("of 3/s lets exactly three calls a second through, for ever", () => {
    const thirds = tokenBucket({ kind: "throttle", count: 3, seconds: 1, burst: 1 });
    const call = calls(countedKeys(thirds), thirds);
    let passed = 0;
    for (let at = 0; at < 100_000; at++) passed += call("a", at) ? 1 : 0;
    // Calls come each millisecond: the first one passes at once, then one each 334, 333, 333 milliseconds.
    expect(passed).toBe(300);
  });

  test("of the largest numbers stays within the whole ones", () => {
    const large = tokenBucket({ kind: "throttle", count: 1_000_000, seconds: 604_800, burst: 1_000_000 });
    const count = large.fresh(instant(0));
    for (let taken = 0; taken < 1_000_000; taken++) large.take(count);
    expect([large.left(count), count.amount]).toEqual([0, 0]);
    large.settle(count, instant(605));
    expect(large.left(count)).toBe(1);
    large.settle(count, instant(Number.MAX_SAFE_INTEGER));
    expect([large.left(count), large.isFresh(count)]).toEqual([1_000_000, true]);
  });
});
