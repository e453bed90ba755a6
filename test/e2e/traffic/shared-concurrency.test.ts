/**
 * Calls under way that several gateway processes count together in a real Redis. However many processes ask, whichever of them dies and whatever happens to the store,
 * no more are under way than the limit says, and no place is lost for longer than a lease.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { gwl } from "../../cli/gwl.ts";
import { call, endOf, type Gateway, portOf, startGateway } from "../shop/gateway-process.ts";
import { endRedis, installRedis, type RedisServer, redisCluster, redisSentinels, redisServer, until } from "./redis-servers.ts";

const LEASE = 3000;
/** Longer than it takes sentinels to find another master. */
const LONG_LEASE = 9000;
/** Sooner than a lease ends by itself. */
const IN_TIME = { timeout: 2000 };
const folder = mkdtempSync(join(tmpdir(), "gwl-under-way-"));
const started: Gateway[] = [];
/** Calls that the backend holds, by path, and the most that it held at once. */
const held = new Map<string, ServerResponse[]>();
const most = new Map<string, number>();
let backend: Server;
let backendPort = 0;

const PROGRAM = (store: string, lease: number): string => `gwl 1
env A: String
env B: String = "redis://127.0.0.1:1"
env C: String = "redis://127.0.0.1:1"
env BACKEND: Url
store counters = redis { ${store}, timeout: 1s, lease: ${lease}ms }
backend slow = http { targets: [BACKEND] }
gateway shop { listen 0 }
GET "/held/{key: String}" -> slow { public because "a test", concurrency 10 by params.key shared counters }
GET "/alone/{key: String}" -> slow { public because "a test", concurrency 3 by params.key shared counters on failure local }
GET "/twice/{key: String}" -> slow {
  public because "a test"
  concurrency 3 by params.key shared counters
  quota 2/week by params.key shared counters
}
`;

const WHERE = { single: "url: A", cluster: "cluster: [A, B, C]", sentinel: 'sentinels: [A, B, C], master: "shop"' };

beforeAll(async () => {
  await installRedis();
  backend = createServer(({ url = "" }, response) => {
    const mine = held.get(url) ?? [];
    held.set(url, mine);
    mine.push(response);
    most.set(url, Math.max(most.get(url) ?? 0, mine.length));
    response.on("close", () => mine.splice(mine.indexOf(response), 1));
    if (url.endsWith("-brief")) setTimeout(() => response.end("done"), 20);
  });
  backendPort = await new Promise((resolve) => {
    backend.listen(0, "127.0.0.1", () => {
      const address = backend.address();
      resolve(typeof address === "object" && address !== null ? address.port : 0);
    });
  });
  for (const [name, where] of Object.entries(WHERE)) {
    writeFileSync(join(folder, `${name}.gwl`), PROGRAM(where, name === "sentinel" ? LONG_LEASE : LEASE));
    const built = await gwl(["build", `${name}.gwl`, "--out", name], { cwd: folder });
    expect(built.code, built.err).toBe(0);
  }
});

afterAll(async () => {
  for (const gateway of started) gateway.child.kill("SIGKILL");
  await Promise.all(started.map(endOf));
  backend.closeAllConnections();
  await new Promise((resolve) => backend.close(resolve));
  await endRedis();
  rmSync(folder, { recursive: true, force: true });
});

type Running = { readonly gateway: Gateway; readonly port: number };

async function gateways(count: number, bundle: string, nodes: readonly string[]): Promise<readonly Running[]> {
  const [A = "", B = A, C = A] = nodes;
  const BACKEND = `http://127.0.0.1:${backendPort}`;
  const own = Array.from({ length: count }, () => startGateway(join(folder, bundle), { A, B, C, BACKEND, PORT: "0" }));
  started.push(...own);
  const running = await Promise.all(own.map(async (gateway) => ({ gateway, port: await portOf(gateway) })));
  await Promise.all(running.map(counting));
  return running;
}

async function counting(gateway: Running): Promise<void> {
  const end = Date.now() + 30_000;
  while ((await status(gateway, "/held/warm-brief")) !== 200) {
    if (Date.now() > end) throw new Error("the gateway reaches no store");
    await pause(100);
  }
}

async function status({ port }: Running, path: string): Promise<number> {
  return (await call(port, `GET ${path}`)).status;
}

/** Calls that nobody answers before `release`; resolves when the backend holds them. */
async function hold(gateway: Running, path: string, calls: number): Promise<{ readonly done: Promise<readonly number[]> }> {
  const before = held.get(path)?.length ?? 0;
  const done = Promise.all(Array.from({ length: calls }, () => status(gateway, path).catch(() => 0)));
  await expect.poll(() => held.get(path)?.length, { timeout: 10_000 }).toBe(before + calls);
  return { done };
}

function release(path: string): void {
  for (const response of held.get(path) ?? []) response.end("done");
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe("one server and four gateways", () => {
  let server: RedisServer;
  let all: readonly Running[];
  const at = (number: number): Running => all[number % 4] as Running;

  beforeAll(async () => {
    server = await redisServer();
    all = await gateways(4, "single", [server.url]);
  });

  const keys = (): readonly string[] => server.cli("keys", "*").split("\n");
  const underWay = (): readonly string[] => keys().filter((key) => server.cli("type", key) === "zset");

  test("never hold more than the limit, and all places come back", async () => {
    const seen: Record<number, number> = {};
    let next = 0;
    const caller = async (): Promise<void> => {
      for (let one = next++; one < 600; one = next++) {
        const got = await status(at(one), "/held/storm-brief");
        seen[got] = (seen[got] ?? 0) + 1;
      }
    };
    await Promise.all(Array.from({ length: 40 }, caller));
    expect(most.get("/held/storm-brief")).toBeLessThanOrEqual(10);
    // Calls beyond the limit came all the time, so the places were in use.
    expect(most.get("/held/storm-brief")).toBeGreaterThan(7);
    expect([Object.keys(seen), (seen[200] ?? 0) > 10]).toEqual([["200", "429"], true]);
    await expect.poll(keys, IN_TIME).toEqual([""]);
  });

  test("count exactly, say so, and tell the store nothing of callers", async () => {
    const { done } = await hold(at(0), "/held/a", 4);
    const more = await hold(at(1), "/held/a", 6);
    const { headers, status: refused, text } = await call(at(2).port, "GET /held/a");
    expect([refused, headers["retry-after"], headers["ratelimit"]]).toEqual([429, "1", '"route-concurrency";r=0']);
    expect(JSON.parse(text)).toMatchObject({ type: "urn:gwl:refusal:too-many-at-once" });
    const [key = "", ...others] = keys();
    expect([/^gwl:[0-9a-f]{64}$/.test(key), others, server.cli("zcard", key)]).toEqual([true, [], "10"]);
    expect(Number(server.cli("pttl", key))).toBeGreaterThan(0);
    release("/held/a");
    expect([...(await done), ...(await more.done)]).toEqual(Array.from({ length: 10 }, () => 200));
    await expect.poll(keys, IN_TIME).toEqual([""]);
  });

  test("count a call for as long as it is under way, however many leases that takes", async () => {
    const { done } = await hold(at(0), "/held/long", 10);
    const end = Date.now() + 2 * LEASE;
    while (Date.now() < end) {
      expect(await status(at(1), "/held/long")).toBe(429);
      await pause(200);
    }
    release("/held/long");
    await done;
    await expect.poll(keys, IN_TIME).toEqual([""]);
  });

  test("give a call back that a quota refuses, and one whose client has gone", async () => {
    const answers = [await status(at(0), "/twice/b-brief"), await status(at(1), "/twice/b-brief"), await status(at(2), "/twice/b-brief")];
    expect(answers).toEqual([200, 200, 429]);
    await expect.poll(underWay, IN_TIME).toEqual([]);
    const gone = new AbortController();
    const left = fetch(`http://127.0.0.1:${at(0).port}/held/gone`, { signal: gone.signal }).catch(() => "gone");
    await expect.poll(() => held.get("/held/gone")?.length, IN_TIME).toBe(1);
    gone.abort();
    expect(await left).toBe("gone");
    await expect.poll(underWay, IN_TIME).toEqual([]);
  });

  test("keep the places of one that was killed for a lease, and then give them back", async () => {
    const [victim = at(0)] = await gateways(1, "single", [server.url]);
    const lost = await hold(victim, "/held/killed", 10);
    await pause(LEASE);
    victim.gateway.child.kill("SIGKILL");
    const killed = performance.now();
    expect(await status(at(1), "/held/killed")).toBe(429);
    await lost.done;
    await endOf(victim.gateway);
    let open: { readonly done: Promise<readonly number[]> } | undefined;
    while (open === undefined) {
      const tried = hold(at(1), "/held/killed", 1).catch(() => undefined);
      open = await Promise.race([tried, pause(100).then(() => undefined)]);
      if (performance.now() - killed > 3 * LEASE) throw new Error("the places never came back");
    }
    const after = performance.now() - killed;
    expect(after).toBeGreaterThan(LEASE / 4);
    expect(after).toBeLessThan(LEASE + 1500);
    release("/held/killed");
    await open.done;
  });

  test("refuse while it is away or count alone, and count again what is under way when it comes back with nothing", async () => {
    const before = await hold(at(0), "/held/restart", 10);
    await server.kill();
    const refused = await call(at(1).port, "GET /held/restart");
    expect([refused.status, refused.headers["retry-after"]]).toEqual([503, "5"]);
    const alone = [];
    for (const number of [0, 1, 2, 3]) alone.push(await hold(at(number), "/alone/c", 3));
    expect(await Promise.all([0, 1, 2, 3].map((number) => status(at(number), "/alone/c")))).toEqual([429, 429, 429, 429]);
    release("/alone/c");
    await Promise.all(alone.map(({ done }) => done));
    await server.start();
    // Whoever holds calls says so by itself: the place is full again before anybody asks for one.
    await expect.poll(() => keys().map((key) => key !== "" && server.cli("zcard", key)), { timeout: 10_000 }).toEqual(["10"]);
    await expect.poll(() => status(at(1), "/held/restart"), { timeout: 10_000 }).toBe(429);
    release("/held/restart");
    await before.done;
    await expect.poll(keys, IN_TIME).toEqual([""]);
  });
});

test("a cluster of three nodes: exact on each", async () => {
  const nodes = await redisCluster();
  const all = await gateways(
    2,
    "cluster",
    nodes.map(({ url }) => url),
  );
  const [one, two] = all as readonly [Running, Running];
  const paths = Array.from({ length: 6 }, (_, number) => `/held/cluster-${number}`);
  const holding = await Promise.all(paths.flatMap(async (path) => [await hold(one, path, 5), await hold(two, path, 5)]));
  expect(await Promise.all(paths.flatMap((path) => [status(one, path), status(two, path)]))).toEqual(Array.from({ length: 12 }, () => 429));
  expect(nodes.filter(({ cli }) => cli("dbsize") !== "0").length).toBeGreaterThan(1);
  for (const path of paths) release(path);
  await Promise.all(holding.flat().map(({ done }) => done));
  await expect.poll(() => nodes.map(({ cli }) => cli("dbsize")), IN_TIME).toEqual(["0", "0", "0"]);
});

describe("sentinels and three gateways, when the master is lost", () => {
  let master: RedisServer;
  let replica: RedisServer;
  let all: readonly Running[];

  beforeEach(async () => {
    const watched = await redisSentinels();
    ({ master, replica } = watched);
    all = await gateways(3, "sentinel", watched.urls);
  });

  const at = (number: number): Running => all[number % 3] as Running;
  const lose = async (): Promise<void> => {
    await master.kill();
    await until(() => replica.cli("role").startsWith("master"));
  };

  test("calls under way keep their places, by what the new one had heard and by what their processes say", async () => {
    const before = [await hold(at(0), "/held/kept", 6), await hold(at(1), "/held/kept", 4)];
    await until(() => replica.cli("zcard", replica.cli("keys", "*")) === "10");
    await lose();
    const answers: number[] = [];
    const end = Date.now() + LONG_LEASE + 3000;
    while (Date.now() < end) {
      answers.push(...(await Promise.all([0, 1, 2].map((number) => status(at(number), "/held/kept")))));
      await pause(100);
    }
    // 503 for as long as nobody can be asked.
    expect(answers.filter((one) => one !== 429 && one !== 503)).toEqual([]);
    expect(answers.slice(-3)).toEqual([429, 429, 429]);
    expect(most.get("/held/kept")).toBe(10);
    release("/held/kept");
    await Promise.all(before.map(({ done }) => done));
    await expect.poll(() => replica.cli("keys", "*"), IN_TIME).toBe("");
    for (const number of [0, 1, 2]) await hold(at(number), "/held/kept", 3);
    release("/held/kept");
  });

  test("calls that the new one never heard of count again once their processes have said so", async () => {
    const before = await hold(at(0), "/held/unheard", 10);
    await lose();
    // As if the master had been lost before it passed on what it was told.
    replica.cli("flushall");
    await expect.poll(() => replica.cli("zcard", replica.cli("keys", "*")), { timeout: 10_000 }).toBe("10");
    expect(await Promise.all([0, 1, 2].map((number) => status(at(number), "/held/unheard")))).toEqual([429, 429, 429]);
    expect(most.get("/held/unheard")).toBe(10);
    release("/held/unheard");
    await before.done;
    await expect.poll(() => replica.cli("keys", "*"), IN_TIME).toBe("");
  });

  test("a storm goes on: never more than the limit, and all places are there again", async () => {
    const seen: Record<number, number> = {};
    const over = new AbortController();
    const caller = async (number: number): Promise<void> => {
      while (!over.signal.aborted) {
        const got = await status(at(number), "/held/sentinels-brief");
        seen[got] = (seen[got] ?? 0) + 1;
        if (got === 503) await pause(20);
      }
    };
    const callers = Array.from({ length: 24 }, (_, number) => caller(number));
    await pause(500);
    await lose();
    const passed = seen[200] ?? 0;
    await expect.poll(() => seen[200] ?? 0, { timeout: 20_000 }).toBeGreaterThan(passed + 100);
    over.abort();
    await Promise.all(callers);
    expect(Object.keys(seen)).toEqual(["200", "429", "503"]);
    expect(most.get("/held/sentinels-brief")).toBeLessThanOrEqual(10);
    expect(most.get("/held/sentinels-brief")).toBeGreaterThan(3);
    // Places whose return was lost with the master end with their lease.
    await expect.poll(() => replica.cli("keys", "*"), { timeout: LONG_LEASE + 2_000 }).toBe("");
  });
});
