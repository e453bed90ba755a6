/** Who is called next: shares by weight, exactly or as hashes fall, and as few keys moved as can be. */
import { describe, expect, test } from "vitest";
import { chooser } from "../../../runtime/hosts/node/upstream/balance.ts";
import { type Endpoint, endpoint, readTarget } from "../../../runtime/hosts/node/upstream/endpoint.ts";

const target = readTarget("http://shop.internal");
const endpoints = (...weights: readonly number[]): readonly Endpoint[] =>
  weights.map((weight, at) => endpoint(target, `10.0.0.${at}`, 80, weight));

function counted(among: readonly Endpoint[], calls: number, balance?: "least_requests" | "hash"): readonly number[] {
  const choose = chooser(balance);
  const counts = among.map(() => 0);
  for (let call = 0; call < calls; call++) {
    const chosen = choose(among, balance === "hash" ? `key ${call}` : undefined);
    if (chosen === undefined) throw new Error("nobody was chosen");
    if (balance === "least_requests") chosen.running++;
    const at = among.indexOf(chosen);
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return counts;
}

describe("in turn", () => {
  test("equal ones as often as each other", () => expect(counted(endpoints(1, 1, 1), 30)).toEqual([10, 10, 10]));
  test("by weight, in every round", () => expect(counted(endpoints(5, 1, 1), 70)).toEqual([50, 10, 10]));
  test("spread out: the heaviest never waits for a whole round", () => {
    const among = endpoints(5, 1, 1);
    const choose = chooser(undefined);
    const order = Array.from({ length: 7 }, () => choose(among, undefined)?.address.slice(-1)).map(Number);
    expect(order).toEqual([0, 0, 1, 0, 2, 0, 0]);
  });
  test("one of hardly any weight hardly ever", () => {
    const [many = 0, few = 0] = counted(endpoints(1, 0.01), 1_010);
    expect([many, few]).toEqual([1_000, 10]);
  });
});

test("the least busy for its weight: calls that stay are shared out by it", () => {
  expect(counted(endpoints(3, 1), 40, "least_requests")).toEqual([30, 10]);
  expect(counted(endpoints(1, 1), 40, "least_requests")).toEqual([20, 20]);
});

describe("by hash", () => {
  test("keys fall by weight", () => {
    const [heavy = 0, light = 0] = counted(endpoints(3, 1), 20_000, "hash");
    expect(heavy / light).toBeGreaterThan(2.8);
    expect(heavy / light).toBeLessThan(3.2);
  });

  test("who gets heavier takes keys from others, and gives none away", () => {
    const choose = chooser("hash");
    const keys = Array.from({ length: 2_000 }, (_, at) => `key ${at}`);
    const [before, after] = [endpoints(1, 1, 1), endpoints(2, 1, 1)];
    const owners = (among: readonly Endpoint[]): readonly (string | undefined)[] => keys.map((key) => choose(among, key)?.address);
    const now = owners(after);
    for (const [at, owner] of owners(before).entries()) if (now[at] !== owner) expect(now[at]).toBe("10.0.0.0");
  });
});
