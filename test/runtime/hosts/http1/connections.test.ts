/** Which connections to servers are used again, what is sent on them, and that a body waits for whoever takes it. */
import type { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, test, vi } from "vitest";
import { type Asked, type ServerBefore, serverBefore, type Taken, taking } from "./server-before.ts";

const opened: ServerBefore[] = [];
afterEach(() => {
  for (const one of opened.splice(0)) one.close();
});

async function before(says: (socket: Socket, came: string) => void): Promise<ServerBefore> {
  const one = await serverBefore(says);
  opened.push(one);
  return one;
}

const saying =
  (text: string) =>
  (socket: Socket): void =>
    void socket.write(text, "latin1");
const framed = "Content-Length: 5\r\n\r\nhello";
const ok = `HTTP/1.1 200 OK\r\n${framed}`;
const hello: Taken = { text: "hello", end: "whole" };

async function ended(server: ServerBefore, asked?: Asked): Promise<Taken> {
  const { incoming } = await server.begin(asked);
  const taken = taking(incoming.body);
  await vi.waitUntil(() => taken.end !== "waiting");
  return taken;
}

describe("a second call goes", () => {
  test.each([
    ["on the same connection", ok, 1],
    ["on the same one behind chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nx-behind: 1\r\n\r\n", 1],
    ["on another where the server closes", `HTTP/1.1 200 OK\r\nConnection: x, Close\r\n${framed}`, 2],
    ["on another where the server says both", `HTTP/1.1 200 OK\r\nConnection: close\r\nConnection: keep-alive\r\n${framed}`, 2],
    ["on another after HTTP/1.0", `HTTP/1.0 200 OK\r\n${framed}`, 2],
    ["on the same one after HTTP/1.0 that keeps it", `HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n${framed}`, 1],
    ["on another where the server waits for a second", `HTTP/1.1 200 OK\r\nKeep-Alive: timeout=1\r\n${framed}`, 2],
    ["on another behind surplus bytes", `${ok}x`, 2],
  ])("%s", async (_name, text, connections) => {
    const server = await before(saying(text));
    expect([await ended(server), await ended(server)]).toEqual([hello, hello]);
    expect(server.heard).toHaveLength(connections);
  });

  test("on another where something was said meanwhile", async () => {
    const server = await before(saying(ok));
    await ended(server);
    for (const socket of server.sockets) socket.write("HTTP/1.1 408 Request Timeout\r\n\r\n");
    await vi.waitUntil(() => server.sockets.size === 0);
    await ended(server);
    expect(server.heard).toHaveLength(2);
  });

  test("on another where the first was given up", async () => {
    const server = await before(saying(`HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello`));
    const { call, incoming } = await server.begin();
    const taken = taking(incoming.body);
    call.destroy();
    expect(taken.end).toBe("broken");
    await vi.waitUntil(() => server.sockets.size === 0);
  });

  test("on another where the answer came before all of the request had gone", async () => {
    const server = await before(saying(ok));
    expect(await ended(server, { method: "POST", body: "stream" })).toEqual(hello);
    await vi.waitUntil(() => server.sockets.size === 0);
  });

  test("on the one that rested last, and none rests longer than the server says", async () => {
    const server = await before((socket, came) => {
      socket.write(
        `HTTP/1.1 200 OK\r\nKeep-Alive: timeout=2\r\nContent-Length: ${came.indexOf(" HTTP") - 4}\r\n\r\n${came.slice(4, came.indexOf(" HTTP"))}`,
      );
    });
    const [first, second] = await Promise.all([server.begin({ target: "/1" }), server.begin({ target: "/2" })]);
    taking(second.incoming.body);
    taking(first.incoming.body);
    for (let more = 0; more < 12; more++) {
      await ended(server, { target: "/more" });
      await sleep(100);
    }
    expect(server.heard).toHaveLength(2);
    expect(server.sockets.size).toBe(1);
    expect(server.heard.filter((text) => text.includes("/more"))).toHaveLength(1);
  });
});

test("a call on a connection of its own says that it is the last", async () => {
  const server = await before(saying(ok));
  await ended(server);
  await ended(server, { fresh: true });
  await vi.waitUntil(() => server.sockets.size === 1);
  expect(server.heard[1]).toMatch(/^GET \/ HTTP\/1\.1\r\nhost: 127\.0\.0\.1:\d+\r\nConnection: close\r\n\r\n$/);
});

describe("what is sent", () => {
  test.each<[string, Asked, string]>([
    ["no body", {}, "Connection: keep-alive\r\n\r\n"],
    ["an empty body", { method: "POST" }, "content-length: 0\r\nConnection: keep-alive\r\n\r\n"],
    ["bytes", { method: "PUT", body: Buffer.from("\xe9", "latin1") }, "content-length: 1\r\nConnection: keep-alive\r\n\r\n\xe9"],
    [
      "the beginning of a stream",
      { method: "PUT", body: "stream" },
      "transfer-encoding: chunked\r\nConnection: keep-alive\r\n\r\n4\r\npart\r\n",
    ],
  ])("%s", async (_name, asked, end) => {
    const server = await before(saying(ok));
    await ended(server, asked);
    expect(server.heard[0]?.endsWith(end)).toBe(true);
  });

  test.each<[string, Asked]>([
    ["a field that would end its line", { headers: [["x-a", "1\r\nx-b: 2"]] }],
    ["a name that would end its line", { headers: [["x-a: 1\r\nx-b", "2"]] }],
    ["a character that is no byte", { headers: [["x-a", "\u2028"]] }],
    ["a path with a space", { target: "/ HTTP/1.1" }],
    ["a method with a line end", { method: "GET\r\n" }],
  ])("never %s", async (_name, asked) => {
    const server = await before(saying(ok));
    await expect(server.begin(asked)).rejects.toThrow("cannot be sent");
    expect(server.heard).toEqual([]);
  });
});

test.each([
  ["two lengths", "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello"],
  ["a length beside a coding", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"],
  ["a coding beside a length", "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n5\r\nhello\r\n0\r\n\r\n"],
])("%s: no answer", async (_name, said) => {
  const server = await before(saying(`HTTP/1.1 200 OK\r\n${said}`));
  await expect(server.begin()).rejects.toThrow("malformed");
});

test.each([
  ["at once, the call may be made again", "", "stale"],
  ["after it has begun to answer, it may not", "HTTP/1.1 200", "reset"],
])("a connection that is used again and breaks %s", async (_name, text, trouble) => {
  const server = await before((socket, came) => {
    if (came.startsWith("GET /first")) socket.write(ok);
    else if (text === "") socket.resetAndDestroy();
    else socket.write(text, () => setTimeout(() => socket.resetAndDestroy(), 50));
  });
  expect(await ended(server, { target: "/first" })).toEqual(hello);
  await expect(server.begin({ target: "/second" })).rejects.toThrow(trouble);
  expect(server.heard).toHaveLength(1);
});

describe("a body", () => {
  test("is not whole where more stands behind it than anybody needs", async () => {
    const fields = Array.from({ length: 400 }, (_, at) => `x-${at}: ${"a".repeat(50)}\r\n`);
    const behind = (count: number): string =>
      `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n${fields.slice(0, count).join("")}\r\n`;
    expect(await ended(await before(saying(behind(100))))).toEqual(hello);
    expect(await ended(await before(saying(behind(400))))).toEqual({ text: "hello", end: "broken" });
  });

  test("waits for whoever takes it, and its end with it", async () => {
    const server = await before(saying(ok));
    const { incoming } = await server.begin();
    const { body } = incoming;
    const first: Taken = { text: "", end: "waiting" };
    body.flow({
      onData: (chunk) => {
        first.text += Buffer.from(chunk).toString("latin1");
        body.pause();
      },
      onEnd: () => (first.end = "whole"),
      onBroken: () => (first.end = "broken"),
    });
    await sleep(20);
    expect(first).toEqual({ text: "hello", end: "waiting" });
    expect(taking(body)).toEqual({ text: "", end: "whole" });
    expect(first.end).toBe("waiting");
  });

  test("of any size is held back while nobody takes it", async () => {
    const size = 64 * 1024 * 1024;
    const server = await before((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${size}\r\n\r\n`);
      socket.write(Buffer.alloc(size));
    });
    const { incoming } = await server.begin();
    const taken = taking(incoming.body);
    incoming.body.pause();
    await sleep(100);
    const [socket] = server.sockets;
    const { length } = taken.text;
    expect(socket?.writableLength).toBeGreaterThan(size / 2);
    await sleep(100);
    expect(taken).toEqual({ text: taken.text.slice(0, length), end: "waiting" });
    incoming.body.resume();
    await vi.waitUntil(() => taken.end !== "waiting", { timeout: 20_000 });
    expect([taken.end, taken.text.length]).toEqual(["whole", size]);
  });

  test("that broke before anybody took it is known as broken", async () => {
    const server = await before((socket) => void socket.end("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"));
    const { incoming } = await server.begin();
    await vi.waitUntil(() => incoming.body.isBroken());
    expect(taking(incoming.body).end).toBe("broken");
  });
});
