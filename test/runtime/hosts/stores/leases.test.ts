/** Calls under way as a real Redis counts them, told by two processes' worth of clients: taken, renewed, given back, and lost with who is gone. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { SharedAsk, SharedCounts } from "../../../../runtime/contract/shared-counts.ts";
import { redisStores } from "../../../../runtime/hosts/node/stores/redis-stores.ts";
import { endRedis, installRedis, type RedisServer, redisServer } from "../../../e2e/traffic/redis-servers.ts";

/** Long enough that a busy machine renews in time. */
const LEASE = 1_500;
const ask: SharedAsk = { store: "counters", key: "k", measure: { kind: "concurrency", calls: 3 } };
const SOON = { timeout: LEASE - 300 };
const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

let server: RedisServer;
let one: SharedCounts;
let two: SharedCounts;

function client(lease = LEASE): SharedCounts {
  return redisStores([{ name: "counters", mode: "single", nodes: [server.url], timeout: 2_000, lease }]);
}

beforeAll(async () => {
  await installRedis();
  server = await redisServer();
  [one, two] = [client(), client()];
});
beforeEach(() => cli("flushall"));
afterAll(endRedis);

/** The name under which it counts, or that it is too many. */
async function take(counts: SharedCounts): Promise<string> {
  const [count] = await counts.count([ask]);
  if (count === undefined || typeof count === "string") throw new Error(`the store is ${count ?? "silent"}`);
  return count.passes ? (count.lease ?? "") : `too many of ${count.amount}`;
}

/** Beside what renews, which must not wait for it. */
const cli = async (...words: string[]): Promise<string> =>
  (await promisify(execFile)("redis-cli", ["-p", String(server.port), ...words])).stdout.trim();
const size = async (): Promise<number> => Number(await cli("zcard", "k"));

test("as many as may, of both together; one given back is one free, also where it is given back twice", async () => {
  const taken = [await take(one), await take(two), await take(one)];
  expect(new Set(taken).size).toBe(3);
  expect(await take(two)).toBe("too many of 3");
  for (const _ of [1, 2]) one.giveBack([{ ...ask, lease: taken[0] ?? "" }]);
  await expect.poll(size, SOON).toBe(2);
  const again = await take(two);
  expect(await take(one)).toBe("too many of 3");
  one.giveBack([{ ...ask, lease: taken[2] ?? "" }]);
  two.giveBack([taken[1], again].map((lease) => ({ ...ask, lease: lease ?? "" })));
  await expect.poll(() => cli("exists", "k"), SOON).toBe("0");
});

test("they count for as many leases as they take, and are told again where the store forgot them", async () => {
  const taken = [await take(one), await take(one), await take(two)];
  const end = performance.now() + 2 * LEASE;
  while (performance.now() < end) {
    expect(await take(two)).toBe("too many of 3");
    await pause(50);
  }
  await cli("flushall");
  await expect.poll(size, { timeout: LEASE }).toBe(3);
  await server.kill();
  await server.start();
  await expect.poll(size, { timeout: 5_000 }).toBe(3);
  for (const [at, lease] of taken.entries()) (at < 2 ? one : two).giveBack([{ ...ask, lease }]);
  await expect.poll(() => cli("exists", "k"), { timeout: 5_000 }).toBe("0");
});

test("of one that is gone they count for a lease and no longer, and nothing is left of them", async () => {
  // As long as nobody renews: the calls of a client whose leases end before it would.
  const [first, second] = ["gone-1", "gone-2"];
  for (const call of [first, second]) await cli("zadd", "k", String(Date.now() + LEASE), call);
  await cli("pexpire", "k", String(LEASE));
  const mine = await take(one);
  expect(await take(two)).toBe("too many of 3");
  await pause(LEASE + 50);
  const others = [await take(two), await take(two)];
  expect(await take(one)).toBe("too many of 3");
  expect(Number(await cli("pttl", "k"))).toBeGreaterThan(0);
  one.giveBack([{ ...ask, lease: mine }]);
  two.giveBack(others.map((lease) => ({ ...ask, lease })));
  await expect.poll(() => cli("exists", "k"), SOON).toBe("0");
});
