/** Answers that several gateways keep together in a real Redis: had in one round trip, dropped for all, and missing without harm while it is away. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { redisAnswers } from "../../../runtime/hosts/node/stores/redis-answers.ts";
import { gwl } from "../../cli/gwl.ts";
import { httpBackend, portOf } from "../../runtime/hosts/served.ts";
import { call, endOf, type Gateway, portOf as ownPortOf, startGateway } from "../shop/gateway-process.ts";
import { type CachedGateway, cachedGateway } from "./cached-gateway.ts";
import { endRedis, installRedis, type RedisServer, redisCluster, redisServer } from "./redis-servers.ts";

const TEXT = `
gateway g { listen 0, accept Customer }
GET "/open/{path: Rest}" -> up { public because "a test", cache 30s for everyone shared answers { status: true, stale_if_error: 1m } }
PUT "/open/{path: Rest}" -> up { public because "a test" }
`;
let count = 0;
const opened: CachedGateway[] = [];

async function gateways(mode: "single" | "cluster", nodes: readonly string[]): Promise<readonly [CachedGateway, CachedGateway]> {
  const open = (): Promise<CachedGateway> =>
    cachedGateway(
      TEXT,
      (request, response) => {
        response.setHeader("vary", request.url?.includes("vary") ? "Accept" : "");
        response.writeHead(request.method === "PUT" ? 204 : 200, { "content-type": "application/octet-stream", "x-text": "caf\u00e9" });
        response.end(request.method === "PUT" ? undefined : Buffer.from([0, 255, ++count >> 8, count & 255]));
      },
      { stores: redisAnswers([{ name: "answers", mode, nodes, timeout: 500, lease: 15_000 }], "g") },
    );
  const both = await Promise.all([open(), open()]);
  opened.push(...both);
  return both as unknown as readonly [CachedGateway, CachedGateway];
}

beforeAll(installRedis);
afterAll(async () => {
  for (const gateway of opened) await gateway.close();
  await endRedis();
});

let fresh = 0;
const path = (kind = "p"): string => `/open/${kind}${++fresh}`;
const doneIn = ({ entries }: CachedGateway): string | undefined => entries.at(-1)?.cache;

/** Until the store is reached. */
async function warm(gateway: CachedGateway): Promise<void> {
  const end = Date.now() + 20_000;
  for (;;) {
    await gateway.get("/open/warm");
    if (doneIn(gateway) === "hit") return;
    if (Date.now() > end) throw new Error("the store is not reached");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function kept(gateway: CachedGateway, at: string, headers = {}): Promise<string> {
  const { body } = await gateway.get(at, headers);
  await expect.poll(async () => (await gateway.get(at, headers)).body).toBe(body);
  return body;
}

describe.each([
  ["one server", "single"],
  ["a cluster", "cluster"],
] as const)("in %s", (_what, mode) => {
  let servers: readonly RedisServer[];
  let one: CachedGateway;
  let other: CachedGateway;

  beforeAll(async () => {
    servers = mode === "single" ? [await redisServer()] : await redisCluster();
    [one, other] = await gateways(
      mode,
      servers.map(({ url }) => url),
    );
    await warm(one);
    await warm(other);
  });

  test("what one gateway has asked for another one gives, byte for byte", async () => {
    const at = path();
    const body = await kept(one, at);
    const answer = await other.get(at);
    expect([answer.body, answer.headers["x-text"], answer.headers["content-length"]]).toEqual([body, "caf\u00e9", "4"]);
    expect(doneIn(other)).toBe("hit");
    expect(other.asked.some(({ url }) => url === at)).toBe(false);
  });

  test("answers that vary are kept side by side", async () => {
    const at = path("vary");
    const [html, plain] = [await kept(one, at, { accept: "text/html" }), await kept(one, at, { accept: "text/plain" })];
    expect(plain).not.toBe(html);
    expect((await other.get(at, { accept: "text/html" })).body).toBe(html);
    expect((await other.get(at, { accept: "text/plain" })).body).toBe(plain);
  });

  test("a change at one gateway is one for all, before its client is told", async () => {
    const at = path();
    const before = await kept(one, `${at}?q=1`);
    expect((await other.get(`${at}?q=1`)).body).toBe(before);
    await other.get(at, {}, "PUT");
    expect((await one.get(`${at}?q=1`)).body).not.toBe(before);
  });

  test("what is kept says nothing of callers in its keys, and ends by itself", async () => {
    await kept(one, path());
    const keys = servers.flatMap(({ cli }) => cli("keys", "*").split("\n")).filter((key) => key !== "");
    expect(keys.length).toBeGreaterThan(0);
    expect(keys.filter((key) => !/^gwl:\{[\w-]{43}\}(?::[\w-]{43}){0,2}$/.test(key))).toEqual([]);
    for (const { cli } of servers)
      for (const key of cli("keys", "*").split("\n")) if (key !== "") expect(Number(cli("pttl", key))).not.toBe(-1);
  });
});

describe("one round trip", () => {
  test("is all that a hit takes, also of an answer that varies", async () => {
    const server = await redisServer();
    const [gateway] = await gateways("single", [server.url]);
    const commands = (): number =>
      [...server.cli("info", "commandstats").matchAll(/cmdstat_(?!info)[\w|]+:calls=(\d+)/g)].reduce(
        (sum, [, calls]) => sum + Number(calls),
        0,
      );
    for (const at of ["/open/plain", "/open/vary"]) {
      await expect.poll(async () => (await gateway.get(at), doneIn(gateway)), { timeout: 10_000 }).toBe("hit");
      const before = commands();
      for (let turn = 0; turn < 10; turn++) await gateway.get(at);
      expect(commands() - before).toBe(10);
    }
  });
});

describe("a bundle", () => {
  const folder = mkdtempSync(join(tmpdir(), "gwl-cache-"));
  const started: Gateway[] = [];
  afterAll(async () => {
    for (const { child } of started) child.kill("SIGKILL");
    await Promise.all(started.map(endOf));
    rmSync(folder, { recursive: true, force: true });
  });

  test("keeps answers in its process and in its store, and says so in its log", async () => {
    const server = await redisServer();
    const backend = await httpBackend((_request, response) => response.end(`answer ${++count}`));
    const text = `gwl 1
env STORE: String
env BACKEND: Url
store answers = redis { url: STORE, timeout: 1s }
backend up = http { targets: [BACKEND] }
gateway shop { listen 0 }
GET "/here" -> up { public because "a test", cache 30s for everyone }
GET "/there" -> up { public because "a test", cache 30s for everyone shared answers }
`;
    writeFileSync(join(folder, "gateway.gwl"), text);
    const built = await gwl(["build", "gateway.gwl", "--out", "out"], { cwd: folder });
    expect(built.code, built.err).toBe(0);
    const variables = { STORE: server.url, BACKEND: `http://127.0.0.1:${portOf(backend)}`, PORT: "0" };
    const refused = startGateway(join(folder, "out"), { ...variables, CACHE_MIB: "0" });
    expect((await endOf(refused)).code).toBe(78);
    const gateway = startGateway(join(folder, "out"), { ...variables, CACHE_MIB: "1" });
    started.push(gateway);
    const port = await ownPortOf(gateway);
    for (const at of ["/here", "/there"]) {
      let last = "";
      await expect
        .poll(async () => [last, (last = (await call(port, `GET ${at}`)).text)].every((one) => one === last), { timeout: 10_000 })
        .toBe(true);
    }
    expect(server.cli("keys", "gwl:*").split("\n").length).toBe(1);
    backend.closeAllConnections();
    backend.close();
  });
});

describe("while the store is away", () => {
  test("answers are asked for, and none is an error; changes that it was not told of are told later", async () => {
    const server = await redisServer();
    const [one, other] = await gateways("single", [server.url]);
    const at = path();
    await expect.poll(async () => (await one.get(at), doneIn(one)), { timeout: 10_000 }).toBe("hit");
    await expect.poll(async () => (await other.get(at), doneIn(other)), { timeout: 10_000 }).toBe("hit");
    const before = (await other.get(at)).body;
    server.freeze();
    const began = performance.now();
    const during = await one.get(at);
    expect([during.status, doneIn(one)]).toEqual([200, "miss"]);
    expect(performance.now() - began).toBeLessThan(3_000);
    expect((await one.get(at, {}, "PUT")).status).toBe(204);
    await server.kill();
    expect((await one.get(at)).status).toBe(200);
    await server.start();
    await expect.poll(async () => (await one.get(at), doneIn(one)), { timeout: 10_000 }).toBe("hit");
    expect((await other.get(at)).body).not.toBe(before);
    expect([...one.faults, ...other.faults]).toEqual([]);
  });

  test("what stands in the store and is no answer is none", async () => {
    const server = await redisServer();
    const [gateway] = await gateways("single", [server.url]);
    const at = path();
    await expect.poll(async () => (await gateway.get(at), doneIn(gateway)), { timeout: 10_000 }).toBe("hit");
    for (const key of server.cli("keys", "gwl:*:*").split("\n")) server.cli("set", key, "no answer at all");
    expect([(await gateway.get(at)).status, doneIn(gateway)]).toEqual([200, "miss"]);
  });
});
