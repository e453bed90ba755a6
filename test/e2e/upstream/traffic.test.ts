/** How calls are shared out, tried again, held back and waited for: over real sockets, with servers that count. */
import type { Socket } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { call } from "./call.ts";
import { type Before, gatewayBefore } from "./gateway-before.ts";
import { type RawServer, rawServer } from "./raw-server.ts";

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

type Mode = { status: number; delay: number; resets: boolean };
type Counted = RawServer & {
  readonly mode: Mode;
  readonly calls: () => number;
  readonly posts: () => number;
  readonly checks: () => number;
};

/** `/healthz` is answered as all else; it is not among the calls. */
async function server(name: string): Promise<Counted> {
  const mode: Mode = { status: 200, delay: 0, resets: false };
  const says = (socket: Socket): void => void socket.write(`HTTP/1.1 ${mode.status} X\r\nContent-Length: ${name.length}\r\n\r\n${name}`);
  const raw = await rawServer((socket) => {
    if (mode.resets) socket.resetAndDestroy();
    else setTimeout(() => says(socket), mode.delay);
  });
  open.push(raw.close);
  const real = (): RawServer["seen"] => raw.seen.filter(({ path }) => path !== "/healthz");
  const posts = (): number => real().filter(({ method }) => method === "POST").length;
  return { ...raw, mode, calls: () => real().length, posts, checks: () => raw.seen.length - real().length };
}

async function before(servers: readonly Counted[], settings: string): Promise<Before> {
  const targets = servers.map(({ port }) => `"http://127.0.0.1:${port}"`).join(", ");
  const gateway = await gatewayBefore(`targets: [${targets}], ${settings.includes("timeout:") ? "" : "timeout: 2s, "}${settings}`);
  open.push(gateway.close);
  return gateway;
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function until(holds: () => boolean): Promise<void> {
  for (let turn = 0; turn < 300 && !holds(); turn++) await pause(10);
  expect(holds()).toBe(true);
}

describe("retry", () => {
  test("503 is given up for another server, as long as there are attempts", async () => {
    const servers = [await server("a"), await server("b")];
    const [first] = servers;
    if (first !== undefined) first.mode.status = 503;
    const { port, log } = await before(servers, "retry 1 on [503] when idempotent");
    expect(await call(port)).toMatchObject({ status: 200, body: "b" });
    expect(servers.map(({ calls }) => calls())).toEqual([1, 1]);
    expect(log).toHaveLength(1);
  });

  test("the last answer is passed on as it came", async () => {
    const one = await server("a");
    one.mode.status = 503;
    const { port } = await before([one], "retry 2 on [503] when idempotent");
    expect(await call(port)).toMatchObject({ status: 503, body: "a" });
    expect(one.calls()).toBe(3);
  });

  test.each(["503", "reset", "timeout"])("a POST is never sent twice under `idempotent`: %s", async (cause) => {
    const servers = [await server("a"), await server("b")];
    for (const { mode } of servers)
      Object.assign(mode, cause === "503" ? { status: 503 } : cause === "reset" ? { resets: true } : { delay: 5_000 });
    const timeout = cause === "timeout" ? "200ms" : "10s";
    const { port } = await before(servers, `timeout: ${timeout}, retry 3 on [connect, reset, timeout, 503] when idempotent`);
    const { status } = await call(port, { method: "POST", body: "once" });
    expect(status).toBe({ 503: 503, reset: 502, timeout: 504 }[cause]);
    expect(servers.reduce((sum, { posts }) => sum + posts(), 0)).toBe(1);
  });

  test("nor where its body streamed, whatever is declared; without a body it is where it is declared", async () => {
    const one = await server("a");
    one.mode.resets = true;
    const { port } = await before([one], 'retry 2 on [reset] when any because "a test"');
    expect((await call(port, { method: "POST", body: "once" })).status).toBe(502);
    expect(one.posts()).toBe(1);
    expect((await call(port, { method: "POST" })).status).toBe(502);
    expect(one.posts()).toBe(4);
  });

  test("the budget ends: a backend that only fails is not called three times as much", async () => {
    const one = await server("a");
    one.mode.status = 503;
    const { port } = await before([one], "retry 2 on [503] when idempotent { budget: 10%, backoff: 1ms }");
    for (let turn = 0; turn < 40; turn++) await call(port);
    expect(one.calls()).toBeGreaterThanOrEqual(40 + 10);
    expect(one.calls()).toBeLessThanOrEqual(40 + 10 + 4);
  });

  test("`total` bounds all attempts together", async () => {
    const one = await server("a");
    one.mode.delay = 5_000;
    const { port } = await before(
      [one],
      "timeout: 150ms, timeouts { total: 400ms }, retry 5 on [timeout] when idempotent { backoff: 1ms }",
    );
    const begun = Date.now();
    expect((await call(port)).status).toBe(504);
    expect(Date.now() - begun).toBeLessThan(700);
    expect(one.calls()).toBeGreaterThanOrEqual(2);
  });
});

describe("breaker", () => {
  test("opens, refuses without calling, and closes when trials end well", async () => {
    const one = await server("a");
    one.mode.status = 500;
    const { port, events } = await before([one], "breaker open at 50% errors over 10s { least: 5, pause: 300ms, trials: 2 }");
    for (let turn = 0; turn < 5; turn++) expect((await call(port)).status).toBe(500);
    for (let turn = 0; turn < 5; turn++) expect((await call(port)).status).toBe(503);
    expect(one.calls()).toBe(5);
    await pause(320);
    expect((await call(port)).status).toBe(500);
    expect((await call(port)).status).toBe(503);
    one.mode.status = 200;
    await pause(320);
    for (let turn = 0; turn < 3; turn++) expect((await call(port)).status).toBe(200);
    expect(events.map((event) => (event.kind === "breaker" ? event.state : event.kind))).toEqual([
      "open",
      "half-open",
      "open",
      "half-open",
      "closed",
    ]);
  });

  test("while it tries, no more calls go than trials", async () => {
    const one = await server("a");
    one.mode.status = 500;
    const { port } = await before([one], "breaker open at 50% errors over 10s { least: 5, pause: 200ms, trials: 2 }");
    for (let turn = 0; turn < 5; turn++) await call(port);
    Object.assign(one.mode, { status: 200, delay: 300 });
    await pause(220);
    const all = await Promise.all(Array.from({ length: 20 }, () => call(port)));
    expect(all.filter(({ status }) => status === 200)).toHaveLength(2);
    expect(one.calls()).toBe(7);
  });
});

describe("health", () => {
  test("who is unwell gets no calls until it is well again", async () => {
    const [one, two] = [await server("a"), await server("b")];
    const gateway = await before([one, two], 'health GET "/healthz" every 100ms { fails: 2, passes: 2, timeout: 80ms }');
    await until(() => one.checks() > 0 && two.checks() > 0);
    one.mode.status = 500;
    await until(() => gateway.events.length === 1);
    const calls = one.calls();
    for (let turn = 0; turn < 6; turn++) expect((await call(gateway.port)).body).toBe("b");
    expect(one.calls()).toBe(calls);
    one.mode.status = 200;
    await until(() => gateway.events.length === 2);
    for (let turn = 0; turn < 4; turn++) await call(gateway.port);
    expect(one.calls()).toBe(calls + 2);
    expect(gateway.events.map((event) => event.kind === "target" && event.isHealthy)).toEqual([false, true]);
  });

  test("where all are unwell all are called", async () => {
    const one = await server("a");
    one.mode.status = 404;
    const gateway = await before([one], 'health GET "/healthz" every 100ms { fails: 1 }');
    await until(() => gateway.events.length === 1);
    expect((await call(gateway.port)).status).toBe(404);
  });
});

test("outliers are left out for their time, but never more than their share", async () => {
  const servers = [await server("a"), await server("b")];
  for (const { mode } of servers) mode.resets = true;
  const { port, events } = await before(servers, "outliers after 2 for 400ms at most 50%");
  for (let turn = 0; turn < 12; turn++) await call(port);
  expect(events).toHaveLength(1);
  expect(Math.min(...servers.map(({ calls }) => calls()))).toBeLessThanOrEqual(2);
  const [out] = servers.toSorted((left, right) => left.calls() - right.calls());
  for (const { mode } of servers) mode.resets = false;
  const calls = out?.calls() ?? 0;
  await pause(420);
  for (let turn = 0; turn < 4; turn++) expect((await call(port)).status).toBe(200);
  expect(out?.calls()).toBe(calls + 2);
});

describe("balance", () => {
  test("least_requests goes where the fewest calls are under way", async () => {
    const [slow, quick] = [await server("slow"), await server("quick")];
    slow.mode.delay = 600;
    const { port } = await before([slow, quick], "balance: least_requests");
    const held = [call(port), call(port)];
    await pause(100);
    for (let turn = 0; turn < 6; turn++) expect((await call(port)).body).toBe("quick");
    await Promise.all(held);
    expect(slow.calls()).toBe(1);
  });

  test("hash by keeps equal keys together, and moves only those of a server that goes", async () => {
    const servers = await Promise.all(["a", "b", "c", "d"].map(server));
    const { port } = await before(servers, 'balance: hash by header("X-Key")');
    const keys = Array.from({ length: 60 }, (_, at) => `key-${at}`);
    const owners = async (): Promise<readonly string[]> => {
      const found: string[] = [];
      for (const key of keys) found.push((await call(port, { headers: { "X-Key": key } })).body);
      return found;
    };
    const first = await owners();
    expect(await owners()).toEqual(first);
    expect(new Set(first).size).toBe(4);
    servers[1]?.close();
    await pause(50);
    const second = await owners();
    const moved = keys.filter((_, at) => first[at] !== second[at]);
    expect(moved).toEqual(keys.filter((_, at) => first[at] === "b"));
  });
});

describe("connections", () => {
  test("who finds none free waits in line, and who finds the line full is refused at once", async () => {
    const one = await server("a");
    one.mode.delay = 200;
    const { port } = await before([one], "connections: 1, queue: 1, queue_time: 1s");
    const first = call(port);
    await pause(40);
    const second = call(port);
    await pause(40);
    const begun = Date.now();
    expect((await call(port)).status).toBe(503);
    expect(Date.now() - begun).toBeLessThan(100);
    expect([(await first).status, (await second).status]).toEqual([200, 200]);
    expect(one.connections()).toBe(1);
  });

  test("the wait has an end", async () => {
    const one = await server("a");
    one.mode.delay = 500;
    const { port } = await before([one], "connections: 1, queue: 5, queue_time: 100ms");
    const first = call(port);
    await pause(40);
    expect((await call(port)).status).toBe(503);
    expect((await first).status).toBe(200);
  });
});

describe("mirror", () => {
  test("a copy goes to other servers, and whatever they do the call is as it is", async () => {
    const [one, copies] = [await server("a"), await server("b")];
    const { port } = await before([one], `mirror { share: 100%, targets: ["http://127.0.0.1:${copies.port}"] }`);
    expect(await call(port, { path: "/x?1", headers: { "X-A": "b" } })).toMatchObject({ status: 200, body: "a" });
    await until(() => copies.calls() === 1);
    expect(copies.seen[0]).toMatchObject({ method: "GET", path: "/x?1" });
    copies.mode.resets = true;
    expect((await call(port)).body).toBe("a");
    Object.assign(copies.mode, { resets: false, delay: 5_000 });
    const begun = Date.now();
    expect((await call(port)).body).toBe("a");
    expect(Date.now() - begun).toBeLessThan(500);
    copies.close();
    expect((await call(port)).body).toBe("a");
    expect(one.calls()).toBe(4);
  });

  test("a body that streams is not copied", async () => {
    const [one, copies] = [await server("a"), await server("b")];
    const { port } = await before([one], `mirror { share: 100%, targets: ["http://127.0.0.1:${copies.port}"] }`);
    expect((await call(port, { method: "POST", body: "once" })).body).toBe("a");
    await pause(100);
    expect(copies.calls()).toBe(0);
  });
});
