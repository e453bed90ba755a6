import { afterEach, describe, expect, test } from "vitest";
import type { Socket } from "node:net";
import { exchangeRaw, openSocket, statuses } from "./raw-client.ts";
import { httpBackend, pause, rawBackend, type Served, serveBefore, type Setting, until } from "./served.ts";

const open: { close: () => unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function counting(setting: Setting = {}): Promise<Served & { readonly calls: string[] }> {
  const calls: string[] = [];
  const backend = await httpBackend((incoming, answer) => {
    calls.push(`${incoming.method} ${incoming.url}`);
    incoming.resume();
    answer.end("from backend");
  });
  const served = await serveBefore(backend, setting);
  open.push({ close: served.stop }, { close: () => (backend.closeAllConnections(), backend.close()) });
  return { ...served, calls };
}

function collected(socket: Socket): { text: string; isClosed: boolean } {
  const seen = { text: "", isClosed: false };
  socket.on("data", (chunk) => (seen.text += chunk.toString("latin1"))).on("close", () => (seen.isClosed = true));
  return seen;
}

const get = (path: string, ...fields: readonly string[]): string => [`GET ${path} HTTP/1.1`, "Host: a", ...fields, "", ""].join("\r\n");

describe("slow clients", () => {
  test("a head that does not end in time is 408 and the connection ends", async () => {
    const { port, entries, calls } = await counting({ limits: { headerTimeout: 200 } });
    const socket = await openSocket(port);
    const seen = collected(socket);
    const drip = setInterval(() => socket.write("X"), 40);
    socket.write("GET / HTTP/1.1\r\nHost: a\r\nX");
    await until(() => seen.isClosed);
    clearInterval(drip);
    expect(statuses(seen.text)).toEqual([408]);
    expect(seen.text).toContain("urn:gwl:refusal:incomplete-head");
    expect(calls).toEqual([]);
    expect(entries).toMatchObject([{ status: 408, fault: "incomplete-head", client: "127.0.0.1" }]);
  });

  test("a connection that says nothing ends", async () => {
    const { port } = await counting({ limits: { headerTimeout: 200, idleTimeout: 300 } });
    const socket = await openSocket(port);
    const seen = collected(socket);
    await until(() => seen.isClosed);
  });

  test("an idle connection ends after the idle time", async () => {
    const { port } = await counting({ limits: { idleTimeout: 200 } });
    const socket = await openSocket(port);
    const seen = collected(socket);
    socket.write(get("/"));
    await until(() => statuses(seen.text).length === 1);
    expect(seen.isClosed).toBe(false);
    await until(() => seen.isClosed);
  });

  test("one that reads nothing of a long answer is cut off after the idle time", async () => {
    const backend = await httpBackend((_incoming, answer) => void answer.end(Buffer.alloc(32 * 1024 * 1024)));
    const served = await serveBefore(backend, { limits: { idleTimeout: 200 } });
    open.push({ close: served.stop }, { close: () => (backend.closeAllConnections(), backend.close()) });
    const socket = await openSocket(served.port);
    socket.pause();
    socket.write(get("/"));
    await until(() => served.entries.length === 1);
    expect(served.entries).toMatchObject([{ status: 200, cut: true }]);
    socket.destroy();
  });
});

describe("pipelining", () => {
  test("answers come in order, one call after the other", async () => {
    const { port, calls } = await counting();
    const text = await exchangeRaw(port, get("/1") + get("/local") + get("/2") + get("/3", "Connection: close"));
    expect(statuses(text)).toEqual([200, 200, 200, 200]);
    expect(calls).toEqual(["GET /1", "GET /2", "GET /3"]);
  });

  test("nothing behind a malformed request is looked at", async () => {
    const { port, calls, entries } = await counting();
    const text = await exchangeRaw(port, get("/1", "X_Bad: 1") + get("/2"));
    expect(statuses(text)).toEqual([400]);
    expect(calls).toEqual([]);
    expect(entries).toHaveLength(1);
  });

  test("nothing behind `Connection: close` is looked at", async () => {
    const { port, calls } = await counting();
    expect(statuses(await exchangeRaw(port, get("/1", "Connection: close") + get("/2")))).toEqual([200]);
    expect(calls).toEqual(["GET /1"]);
  });

  test("a good request before rubbish gets its answer, and the rubbish its own", async () => {
    const { port, calls } = await counting();
    const text = await exchangeRaw(port, `${get("/1")}\x00\x01rubbish\r\n\r\n`);
    expect(statuses(text)).toEqual([200, 400]);
    expect(calls).toEqual(["GET /1"]);
  });

  test("thousands of waiting requests wait for their turns, most of them in the network", async () => {
    const { port, calls } = await counting();
    const sent = Array.from({ length: 3_000 }, (_, at) => get(`/${at}`));
    const text = await exchangeRaw(port, sent.join(""), 5_000);
    expect(statuses(text)).toEqual(sent.map(() => 200));
    expect(calls).toEqual(sent.map((_, at) => `GET /${at}`));
  });
});

describe("bodies that nobody reads", () => {
  test("a short one is drained and the connection lives on", async () => {
    const { port } = await counting();
    const text = await exchangeRaw(
      port,
      `POST /local HTTP/1.1\r\nHost: a\r\nContent-Length: 31\r\n\r\nGET /evil HTTP/1.1\r\nHost: a\r\n\r\n${get("/local", "Connection: close")}`,
    );
    expect(statuses(text)).toEqual([200, 200]);
  });

  test("one that stays away ends the connection", async () => {
    const { port } = await counting();
    const socket = await openSocket(port);
    const seen = collected(socket);
    socket.write("POST /local HTTP/1.1\r\nHost: a\r\nContent-Length: 30\r\n\r\nGET");
    await until(() => seen.text.endsWith("local"));
    await until(() => seen.isClosed);
  });

  test("a long one gets the whole answer and `connection: close`", async () => {
    const { port } = await counting();
    const text = await exchangeRaw(port, `POST /local HTTP/1.1\r\nHost: a\r\nContent-Length: 900000\r\n\r\n${"x".repeat(100_000)}`, 1_500);
    expect(text).toMatch(/connection: close/i);
    expect(text.endsWith("local")).toBe(true);
  });

  test("a broken chunk ends the exchange with 400 and the backend's call with an error", async () => {
    let end = "";
    const backend = await rawBackend((socket) => {
      socket.on("data", (chunk) => (end += String(chunk))).on("close", () => (end += "<closed>"));
    });
    const served = await serveBefore(backend);
    open.push({ close: served.stop }, backend);
    const socket = await openSocket(served.port);
    const seen = collected(socket);
    socket.write("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
    await until(() => end.includes("hello"));
    socket.write("xyz\r\n0\r\n\r\n");
    await until(() => end.endsWith("<closed>") && seen.isClosed);
    expect(statuses(seen.text)).toEqual([400]);
    expect(end).not.toContain("0\r\n\r\n");
  });
});

describe("faults", () => {
  test("an exception is 500 without detail, reaches no backend and is reported", async () => {
    const { port, calls, faults, entries } = await counting();
    const text = await exchangeRaw(port, get("/throw"));
    expect(statuses(text)).toEqual([500]);
    expect(text).toContain('{"type":"urn:gwl:refusal:internal","title":"Internal error","status":500}');
    expect(text).not.toContain("password");
    expect(calls).toEqual([]);
    expect(faults).toHaveLength(1);
    expect(entries).toMatchObject([{ status: 500, fault: "internal", effect: "none" }]);
  });

  test("a head too long for the parser is 431, a long target 414", async () => {
    const { port, calls } = await counting();
    expect(statuses(await exchangeRaw(port, get("/", `X: ${"a".repeat(80_000)}`)))).toEqual([431]);
    expect(statuses(await exchangeRaw(port, get("/", ...Array.from({ length: 1200 }, () => "A: b"))))).toEqual([431]);
    expect(statuses(await exchangeRaw(port, get(`/${"a".repeat(9_000)}`)))).toEqual([414]);
    expect(calls).toEqual([]);
  });
});

test("clients that reset their connection at the worst moment do no harm", async () => {
  const { port, faults } = await counting();
  const beginnings = [
    "CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET /\0",
    get("/", "X_A: 1"),
    get("/local"),
    get("/"),
    "GET / HTTP/1.1\r\nHo",
    `${get("/")}\0`,
  ];
  for (const bytes of beginnings) {
    for (const delay of [0, 1, 5]) {
      const socket = await openSocket(port);
      socket.write(bytes);
      await pause(delay);
      socket.resetAndDestroy();
    }
  }
  await pause(100);
  expect(statuses(await exchangeRaw(port, get("/local", "Connection: close")))).toEqual([200]);
  expect(faults).toEqual([]);
});

describe("health", () => {
  test("is answered to GET and HEAD on that target alone", async () => {
    const { port, calls, entries } = await counting();
    expect(await exchangeRaw(port, get("/-/health", "Connection: close"))).toMatch(/^HTTP\/1.1 200 .*\{"status":"ok"\}$/s);
    expect(statuses(await exchangeRaw(port, "HEAD /-/health HTTP/1.1\r\nConnection: close\r\n\r\n"))).toEqual([200]);
    expect([calls, entries]).toEqual([[], []]);
    for (const path of ["/-/health/", "/-/health?x", "/-/healt%68"]) await exchangeRaw(port, get(path, "Connection: close"));
    await exchangeRaw(port, "POST /-/health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    expect(calls).toEqual(["GET /-/health", "GET /-/health?x", "GET /-/health", "POST /-/health"]);
  });
});

test("a line of the log says who, what, why and how long, and nothing secret", async () => {
  const { port, entries } = await counting();
  await exchangeRaw(port, get("/a/%7Eb?token=tok3n", "Authorization: Bearer s3same", "Cookie: c00kie", "Connection: close"));
  await until(() => entries.length === 1);
  const [entry] = entries;
  expect(entry).toMatchObject({
    client: "127.0.0.1",
    method: "GET",
    path: "/a/%7Eb",
    route: "GET /a/~b",
    status: 200,
    effect: "allow",
    cause: "rule",
    rules: ["shop.gwl:10>policies.gwl:3"],
    principal: { identity: "Customer", id: "u1" },
    backend: "main",
    bytes_in: 0,
    bytes_out: 12,
  });
  expect(JSON.stringify(entry)).not.toMatch(/tok3n|s3same|c00kie|s3cret/);
  expect(entry?.time).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
  expect(entry?.id).toMatch(/^[0-9a-f]{32}$/);
  expect(entry?.backend_ms).toBeGreaterThan(0);
  expect(entry?.cut).toBeUndefined();
});

describe("stopping", () => {
  test("lets the call in flight end, refuses new connections, closes idle ones", async () => {
    const backend = await httpBackend((_incoming, answer) => {
      answer.write("begin ");
      setTimeout(() => answer.end("end"), 300);
    });
    const served = await serveBefore(backend);
    open.push({ close: () => (backend.closeAllConnections(), backend.close()) });
    const [idle, busy] = [await openSocket(served.port), await openSocket(served.port)];
    const [seenIdle, seenBusy] = [collected(idle), collected(busy)];
    busy.write(get("/"));
    await until(() => seenBusy.text.includes("begin"));
    const stopped = served.serving.stop(5_000);
    await expect(openSocket(served.port)).rejects.toThrow("ECONNREFUSED");
    await until(() => seenIdle.isClosed);
    await stopped;
    await until(() => seenBusy.isClosed);
    expect(seenBusy.text).toContain("end");
  });

  test("breaks what does not end within the grace", async () => {
    const backend = await httpBackend(() => {});
    const served = await serveBefore(backend);
    open.push({ close: () => (backend.closeAllConnections(), backend.close()) });
    const socket = await openSocket(served.port);
    const seen = collected(socket);
    socket.write(get("/"));
    await pause(50);
    await served.serving.stop(100);
    await until(() => seen.isClosed);
    expect(statuses(seen.text)).toEqual([]);
  });
});
