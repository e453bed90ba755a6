/**
 * Limits that several gateway processes count together in a real Redis: alone, as a cluster, watched by sentinels. However many processes ask and
 * whatever happens to the store, no more calls pass than the limit says.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { gwl } from "../../cli/gwl.ts";
import { runningGateway } from "../observe/built-gateway.ts";
import { call, endOf, type Gateway, portOf, startGateway } from "../shop/gateway-process.ts";
import { endRedis, installRedis, type RedisServer, redisCluster, redisSentinels, redisServer, until } from "./redis-servers.ts";

const folder = mkdtempSync(join(tmpdir(), "gwl-shared-"));
const started: Gateway[] = [];

const LIMITS = (store: string): string => `gwl 1
env A: String
env B: String = "redis://127.0.0.1:1"
env C: String = "redis://127.0.0.1:1"
${store}
gateway shop { listen 0 }
GET "/denied/{key: String}" {
  public because "a test"
  throttle 1/h burst 40 by params.key shared counters
  respond 200
}
GET "/slow" { public because "a test", throttle 50/s burst 20 shared counters, respond 200 }
GET "/quota" { public because "a test", quota 25/week shared counters, respond 200 }
GET "/both" {
  public because "a test"
  throttle 1/h burst 10 shared counters
  quota 3/week shared counters
  respond 200
}
GET "/local" {
  public because "a test"
  throttle 1/h burst 5 shared counters on failure local
  respond 200
}
`;
const BUNDLES = { single: "url: A", cluster: "cluster: [A, B, C]", sentinel: 'sentinels: [A, B, C], master: "shop"' } as const;

beforeAll(async () => {
  await installRedis();
  for (const [name, where] of Object.entries(BUNDLES)) {
    writeFileSync(join(folder, `${name}.gwl`), LIMITS(`store counters = redis { ${where}, timeout: 3s }`));
    const built = await gwl(["build", `${name}.gwl`, "--out", name], { cwd: folder });
    expect(built.code, built.err).toBe(0);
  }
});

afterAll(async () => {
  for (const gateway of started) gateway.child.kill("SIGKILL");
  await Promise.all(started.map(endOf));
  await endRedis();
  rmSync(folder, { recursive: true, force: true });
});

async function gateways(count: number, bundle: keyof typeof BUNDLES, nodes: readonly string[]): Promise<readonly number[]> {
  const [A = "", B = A, C = A] = nodes;
  const own = Array.from({ length: count }, () => startGateway(join(folder, bundle), { A, B, C, PORT: "0" }));
  started.push(...own);
  const ports = await Promise.all(own.map(portOf));
  // What a store counts is compared exactly, so none of them is still on its way there.
  await Promise.all(ports.map(counting));
  return ports;
}

async function counting(port: number): Promise<void> {
  const end = Date.now() + 30_000;
  while ((await call(port, "GET /denied/warm")).status === 503) {
    if (Date.now() > end) throw new Error("the gateway reaches no store");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Statuses by how often they came; calls go to the ports in turn, `atOnce` at a time. */
async function storm(ports: readonly number[], path: string, calls: number, atOnce = 24): Promise<Readonly<Record<number, number>>> {
  const seen: Record<number, number> = {};
  let next = 0;
  const caller = async (): Promise<void> => {
    for (let at = next++; at < calls; at = next++) {
      const { status } = await call(ports[at % ports.length] ?? 0, `GET ${path}`);
      seen[status] = (seen[status] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, caller));
  return seen;
}

describe("one server and four gateways", () => {
  let server: RedisServer;
  let ports: readonly number[];

  beforeAll(async () => {
    server = await redisServer();
    ports = await gateways(4, "single", [server.url]);
  });

  test("let exactly the burst through", async () => {
    expect(await storm(ports, "/denied/one", 400)).toEqual({ 200: 40, 429: 360 });
  });

  test("let exactly the quota through", async () => {
    expect(await storm(ports, "/quota", 200)).toEqual({ 200: 25, 429: 175 });
  });

  test("let through no more than rate and burst, for as long as calls come", async () => {
    const before = performance.now();
    const { 200: passed = 0 } = await storm(ports, "/slow", 600);
    const seconds = (performance.now() - before) / 1000;
    expect(passed).toBeLessThanOrEqual(20 + Math.ceil(50 * seconds));
    expect(passed).toBeGreaterThan(20);
  });

  test("count a call at no limit that another one refuses", async () => {
    expect(await storm(ports, "/both", 60)).toEqual({ 200: 3, 429: 57 });
    await until(() => server.cli("keys", "gwl:*") !== "");
    const { headers } = await call(ports[0] ?? 0, "GET /both");
    expect(headers["ratelimit"]).toMatch(/^"route-throttle";r=7;t=\d+, "route-quota";r=0;t=\d+$/);
  });

  test("tell the store nothing of callers, and nothing that would stay for ever", async () => {
    await storm(ports, "/denied/somebody@example.org", 4);
    const keys = server.cli("keys", "*").split("\n");
    expect(keys.filter((key) => !/^gwl:[0-9a-f]{64}$/.test(key))).toEqual([]);
    // -1: without an end; -2: gone meanwhile.
    expect(keys.filter((key) => server.cli("pttl", key) === "-1")).toEqual([]);
  });

  test("refuse while it is away, or count alone where that is said, and go on when it is back", async () => {
    const under = storm(ports, "/denied/two", 600);
    await server.kill();
    const during = await under;
    expect((during[200] ?? 0) <= 40, JSON.stringify(during)).toBe(true);
    const refused = await call(ports[0] ?? 0, "GET /denied/two");
    expect([refused.status, refused.headers["retry-after"], JSON.parse(refused.text)]).toEqual([
      503,
      "5",
      { type: "urn:gwl:refusal:limits-unavailable", title: "Limits unavailable", status: 503 },
    ]);
    expect(await storm(ports, "/local", 100)).toEqual({ 200: 4 * 5, 429: 80 });
    await server.start();
    await expect.poll(async () => (await call(ports[0] ?? 0, "GET /denied/three")).status, { timeout: 10_000 }).toBe(200);
  });

  test("do not wait for one that takes calls and answers nothing", async () => {
    server.freeze();
    const before = performance.now();
    expect((await call(ports[1] ?? 0, "GET /denied/four")).status).toBe(503);
    expect(performance.now() - before).toBeLessThan(6000);
  });
});

test("readiness says that a store is away, and takes it back when it counts again", async () => {
  const server = await redisServer();
  const text = `gwl 1
env OWN: Int 0..65535
env OBSERVE: Int 0..65535
store counters = redis { url: "${server.url}", timeout: 1s }
gateway shop { listen OWN, observe { listen OBSERVE }, throttle 1000/s burst 1000 shared counters }
GET "/" { public because "a test", respond 200 }
`;
  const { observe } = await runningGateway(text);
  const checks = async (): Promise<unknown> =>
    ((await (await fetch(`http://127.0.0.1:${observe}/-/ready`)).json()) as { checks: unknown }).checks;
  await expect.poll(checks, { timeout: 10_000 }).toEqual([{ kind: "store", name: "counters" }]);
  expect(Number(server.cli("pttl", "gwl:readiness"))).toBeLessThanOrEqual(2_000);
  await server.kill();
  await expect.poll(checks, { timeout: 10_000 }).toEqual([{ kind: "store", name: "counters", problem: "it gives no answer" }]);
  await server.start();
  await expect.poll(checks, { timeout: 10_000 }).toEqual([{ kind: "store", name: "counters" }]);
});

test("a cluster of three nodes: exact on each, and what a lost node held is refused, not let through", async () => {
  const nodes = await redisCluster();
  const ports = await gateways(
    2,
    "cluster",
    nodes.map(({ url }) => url),
  );
  const keys = Array.from({ length: 6 }, (_, at) => `key-${at}`);
  for (const key of keys) expect(await storm(ports, `/denied/${key}`, 60), key).toEqual({ 200: 40, 429: 20 });
  const under = storm(ports, "/denied/key-0", 200);
  await nodes[0]?.kill();
  const statuses = Object.keys(await under).filter((status) => status !== "429" && status !== "503");
  expect(statuses).toEqual([]);
  const after = await Promise.all(keys.map(async (key) => (await call(ports[0] ?? 0, `GET /denied/${key}`)).status));
  expect(after.filter((status) => status === 200)).toEqual([]);
});

test("sentinels: after the master was lost the gateway counts at the new one", async () => {
  const { master, replica, urls } = await redisSentinels();
  const ports = await gateways(1, "sentinel", urls);
  expect(await storm(ports, "/denied/a", 60)).toEqual({ 200: 40, 429: 20 });
  await until(() => replica.cli("info", "replication").includes("slave_read_repl_offset") || true);
  await master.kill();
  await until(() => replica.cli("role").startsWith("master"));
  await expect.poll(async () => (await call(ports[0] ?? 0, "GET /denied/a")).status, { timeout: 20_000 }).toBe(429);
});
