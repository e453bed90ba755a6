import type { IncomingMessage, Server as HttpServer } from "node:http";
import { get, request } from "node:http";
import type { Server, Socket } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { exchangeRaw, openSocket, statuses } from "./raw-client.ts";
import { httpBackend, pause, rawBackend, type Served, serveBefore, type Setting, until } from "./served.ts";

const open: { close: () => unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function before(backend: Server | HttpServer | undefined, setting: Setting = {}): Promise<Served> {
  const served = await serveBefore(backend, setting);
  open.push({ close: served.stop });
  if (backend !== undefined)
    open.push({ close: () => ("closeAllConnections" in backend ? (backend.closeAllConnections(), backend.close()) : backend.close()) });
  return served;
}

function simple(method: string, path: string, ...fields: readonly string[]): string {
  return [`${method} ${path} HTTP/1.1`, "Host: api.example", ...fields, "", ""].join("\r\n");
}

/** A backend that answers each call on a connection with the same bytes. */
function answering(bytes: string, then: (socket: Socket) => void = () => {}): Promise<Server> {
  return rawBackend((socket) => {
    socket.on("data", () => {
      socket.write(bytes, "latin1");
      then(socket);
    });
  });
}

async function body(incoming: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of incoming) text += String(chunk);
  return text;
}

describe("a call to the backend", () => {
  test("has the fields of the plan, host and framing, and nothing else", async () => {
    const seen: string[][] = [];
    const backend = await httpBackend((incoming, answer) => {
      seen.push([incoming.method ?? "", incoming.url ?? "", ...incoming.rawHeaders]);
      answer.end("ok");
    });
    const { port } = await before(backend);
    await exchangeRaw(
      port,
      simple("GET", "/a/%7eb?x=1", "X-B: 2", "x-a: 1", "Connection: close, x-a", "TE: trailers", "X-Real-IP: 1.2.3.4"),
    );
    const [call = []] = seen;
    expect(call.slice(0, 4)).toEqual(["GET", "/a/~b?x=1", "host", `127.0.0.1:${new URL(`http://127.0.0.1:${portIn(call)}`).port}`]);
    expect(call.slice(4, 12)).toEqual([
      "x-b",
      "2",
      "x-forwarded-for",
      "127.0.0.1",
      "x-forwarded-proto",
      "http",
      "x-forwarded-host",
      "api.example",
    ]);
    expect(call.slice(12, 13)).toEqual(["x-request-id"]);
    expect(call.slice(14)).toEqual(["x-set", "by gateway", "Connection", "keep-alive"]);
  });

  test("keeps length or chunks of a body as the client framed it", async () => {
    const seen: (string | undefined)[][] = [];
    const backend = await httpBackend(async (incoming, answer) => {
      const { "content-length": length, "transfer-encoding": coding } = incoming.headers;
      seen.push([incoming.method, length, coding, await body(incoming)]);
      answer.end();
    });
    const { port } = await before(backend);
    await exchangeRaw(port, `${simple("POST", "/a", "Content-Length: 5")}hello`, 150);
    await exchangeRaw(port, `${simple("POST", "/a", "Transfer-Encoding: chunked")}5;ext=1\r\nhello\r\n0\r\nX-Trailer: 1\r\n\r\n`, 150);
    await exchangeRaw(port, simple("POST", "/a"), 150);
    await exchangeRaw(port, `${simple("GET", "/a", "Content-Length: 2")}hi`, 150);
    await exchangeRaw(port, simple("DELETE", "/a"), 150);
    await exchangeRaw(port, `${simple("POST", "/typed", "Transfer-Encoding: chunked")}5\r\nhello\r\n0\r\n\r\n`, 150);
    expect(seen).toEqual([
      ["POST", "5", undefined, "hello"],
      ["POST", undefined, "chunked", "hello"],
      ["POST", "0", undefined, ""],
      ["GET", "2", undefined, "hi"],
      ["DELETE", undefined, undefined, ""],
      ["POST", "5", undefined, "hello"],
    ]);
  });

  test("goes round the targets, below their base paths", async () => {
    const seen: string[] = [];
    const first = await httpBackend((incoming, answer) => {
      seen.push(`1 ${incoming.url}`);
      answer.end();
    });
    const second = await httpBackend((incoming, answer) => {
      seen.push(`2 ${incoming.url}`);
      answer.end();
    });
    open.push(first, second);
    const targets = [first, second].map(
      (server, at) => `http://127.0.0.1:${(server.address() as { port: number }).port}${at === 0 ? "/base/" : ""}`,
    );
    const { port } = await before(undefined, { targets });
    for (let turn = 0; turn < 3; turn++) await exchangeRaw(port, simple("GET", "/a", "Connection: close"));
    expect(seen).toEqual(["1 /base/a", "2 /a", "1 /base/a"]);
  });

  test("reuses the connection of the one before", async () => {
    let connections = 0;
    const backend = await httpBackend((_incoming, answer) => void answer.end("ok"));
    backend.on("connection", () => connections++);
    const { port } = await before(backend);
    for (let turn = 0; turn < 5; turn++) expect(statuses(await exchangeRaw(port, simple("GET", "/", "Connection: close")))).toEqual([200]);
    expect(connections).toBe(1);
  });

  test("is made again when the kept connection had just been closed, if that does no harm", async () => {
    const seen: string[] = [];
    const backend = await rawBackend((socket, connection) => {
      let calls = 0;
      socket.on("data", (chunk) => {
        seen.push(`${connection} ${String(chunk).slice(0, 4)}`);
        if (connection === 1 && ++calls === 2) socket.resetAndDestroy();
        else socket.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
      });
    });
    const { port } = await before(backend);
    expect(statuses(await exchangeRaw(port, simple("GET", "/", "Connection: close")))).toEqual([200]);
    expect(statuses(await exchangeRaw(port, simple("GET", "/", "Connection: close")))).toEqual([200]);
    expect(seen).toEqual(["1 GET ", "1 GET ", "2 GET "]);
  });
});

function portIn(call: readonly string[]): string {
  return /:(\d+)$/.exec(call[3] ?? "")?.[1] ?? "";
}

describe("the backend's answer", () => {
  test("loses hop-by-hop fields and what the plan removes, keeps the rest with repetitions", async () => {
    const fields =
      "Server: b\r\nSet-Cookie: a\r\nSet-Cookie: b\r\nConnection: keep-alive, x-hop\r\nX-Hop: 1\r\nKeep-Alive: timeout=9\r\nX-Powered-By: php\r\nX-Request-Id: theirs";
    const { port } = await before(
      await answering(`HTTP/1.1 200 Fine\r\n${fields}\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n`),
    );
    const text = await exchangeRaw(port, simple("GET", "/", "Connection: close"));
    const [head = "", rest] = text.split("\r\n\r\n");
    expect(head.toLowerCase()).toMatch(/server: b\r\nset-cookie: a\r\nset-cookie: b\r\nx-request-id: [0-9a-f]{32}/);
    expect(head.toLowerCase()).not.toMatch(/x-hop|timeout=9|php|theirs/);
    expect(rest).toBe("2\r\nok\r\n0");
  });

  test.each([
    ["HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", 200, /content-length: 5\r\n/i],
    ["GET", "HTTP/1.1 204 No Content\r\n\r\n", 204, /^(?!.*(content-length|transfer-encoding))/is],
    ["GET", "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\nETag: x\r\n\r\n", 304, /etag: x/i],
    [
      "GET",
      "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
      200,
      /content-length: 2/i,
    ],
  ])("%s with %j is passed on", async (method, answer, status, head) => {
    const { port } = await before(await answering(answer));
    const text = await exchangeRaw(port, simple(method, "/", "Connection: close"));
    expect(statuses(text)).toEqual([status]);
    expect(text.split("\r\n\r\n")[0]).toMatch(head);
    expect(text.split("\r\n\r\n")[1]).toBe(method === "GET" && status === 200 ? "ok" : "");
  });

  test.each([
    ["no HTTP at all", "SSH-2.0-OpenSSH_9\r\n"],
    ["both framings", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n"],
    ["two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok"],
    ["a bare line feed in a field", "HTTP/1.1 200 OK\r\nX: a\nSet-Cookie: b\r\nContent-Length: 0\r\n\r\n"],
    ["a control character in a field", "HTTP/1.1 200 OK\r\nX: a\x01\r\nContent-Length: 0\r\n\r\n"],
    ["an upgrade that nobody asked for", "HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"],
    ["a status that does not exist", "HTTP/1.1 999 What\r\nContent-Length: 0\r\n\r\n"],
    ["a head of 100 KiB", `HTTP/1.1 200 OK\r\nX: ${"a".repeat(100 * 1024)}\r\nContent-Length: 0\r\n\r\n`],
  ])("%s is 502", async (_name, answer) => {
    const { port, entries } = await before(await answering(answer));
    const text = await exchangeRaw(port, simple("GET", "/", "Connection: close"));
    expect(statuses(text)).toEqual([502]);
    expect(text).toContain('{"type":"urn:gwl:refusal:bad-gateway","title":"Bad gateway","status":502}');
    expect(entries).toMatchObject([{ status: 502, fault: "bad-gateway", backend: "main", effect: "allow" }]);
  });

  test("closed without an answer is 502, refused too; an empty pool 503, silence 504", async () => {
    const closing = await before(await rawBackend((socket) => socket.on("data", () => socket.end())));
    expect(statuses(await exchangeRaw(closing.port, simple("GET", "/")))).toEqual([502]);
    const nobody = await rawBackend(() => {});
    const refusing = await before(nobody);
    await new Promise((resolve) => nobody.close(resolve));
    expect(statuses(await exchangeRaw(refusing.port, simple("GET", "/")))).toEqual([502]);
    const empty = await before(undefined);
    expect(statuses(await exchangeRaw(empty.port, simple("GET", "/")))).toEqual([503]);
    expect(statuses(await exchangeRaw(empty.port, simple("GET", "/nobody")))).toEqual([503]);
    const silent = await before(await rawBackend(() => {}), { timeout: 100 });
    expect(statuses(await exchangeRaw(silent.port, simple("GET", "/")))).toEqual([504]);
    expect(statuses(await exchangeRaw(silent.port, `${simple("POST", "/", "Content-Length: 2")}hi`))).toEqual([504]);
  });

  test.each([
    ["by length, closed", "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nshort", (socket: { end(): void }) => socket.end()],
    ["chunked, closed", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n", (socket: { end(): void }) => socket.end()],
    ["chunked, a broken chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort\r\nzz\r\n", () => {}],
    ["by length, silent", "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nshort", () => {}],
  ])("cut short (%s) breaks the client's connection", async (_name, answer, then) => {
    const { port, entries } = await before(await answering(answer, then), { timeout: 150 });
    const failure = await new Promise<string>((resolve) => {
      const whole = (incoming: IncomingMessage): void =>
        void body(incoming).then(
          () => resolve("complete"),
          () => resolve("broken"),
        );
      get({ port, host: "127.0.0.1", agent: false }, whole).on("error", () => resolve("broken"));
    });
    expect(failure).toBe("broken");
    await until(() => entries.length === 1);
    expect(entries).toMatchObject([{ status: 200, cut: true }]);
  });

  test("cut short never looks whole to an HTTP/1.0 client, which gets a reset", async () => {
    const { port } = await before(
      await answering("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n", (socket) => void socket.end()),
    );
    const socket = await openSocket(port);
    const end = new Promise((resolve) =>
      socket
        .removeAllListeners("error")
        .on("error", (error) => resolve((error as NodeJS.ErrnoException).code))
        .on("end", () => resolve("end")),
    );
    socket.resume();
    socket.write("GET / HTTP/1.0\r\nHost: a\r\n\r\n");
    expect(await end).toBe("ECONNRESET");
  });

  test.each([
    ["a whole second answer at once", ["HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil"]],
    [
      "a second answer a little later",
      ["HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil"],
    ],
    ["a stray byte", ["HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", "x"]],
    ["rubbish at once", ["HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok\x00\x01"]],
  ])("followed by %s: the connection is not used again", async (_name, parts) => {
    let connections = 0;
    const backend = await rawBackend((socket) => {
      connections++;
      socket.on("data", async () => {
        for (const part of parts) {
          socket.write(part, "latin1");
          await pause(30);
        }
      });
    });
    const { port } = await before(backend);
    for (let turn = 1; turn <= 3; turn++) {
      const text = await exchangeRaw(port, simple("GET", "/", "Connection: close"));
      expect(text.endsWith("\r\n\r\nok")).toBe(true);
      expect(text).not.toContain("evil");
      await pause(80);
      expect(connections).toBe(turn);
    }
  });
});

describe("a client that leaves", () => {
  test("while the backend thinks ends the backend's call", async () => {
    let isGone = false;
    const backend = await httpBackend((incoming) => incoming.on("close", () => (isGone = true)));
    const { port, entries } = await before(backend);
    const socket = await openSocket(port);
    socket.write(simple("GET", "/"));
    await pause(100);
    socket.destroy();
    await until(() => isGone && entries.length === 1);
    expect(entries).toMatchObject([{ status: 0, cut: true }]);
  });

  test("in the middle of its body never makes the backend see a whole one", async () => {
    const ends: string[] = [];
    const backend = await httpBackend((incoming) => {
      incoming.on("end", () => ends.push("end")).on("error", () => ends.push("error"));
      incoming.resume();
    });
    const { port } = await before(backend);
    for (const fields of ["Content-Length: 100", "Transfer-Encoding: chunked"]) {
      const socket = await openSocket(port);
      socket.write(`${simple("POST", "/", fields)}5\r\nhello\r\n`);
      await pause(60);
      socket.destroy();
    }
    await until(() => ends.length === 2);
    expect(ends).toEqual(["error", "error"]);
  });

  test("in the middle of the answer ends the backend's call", async () => {
    let isGone = false;
    const backend = await httpBackend((_incoming, answer) => {
      const timer = setInterval(() => answer.write("x".repeat(1000)), 5);
      answer.on("close", () => {
        isGone = true;
        clearInterval(timer);
      });
    });
    const { port } = await before(backend);
    const socket = await openSocket(port);
    socket.write(simple("GET", "/"));
    socket.once("data", () => socket.destroy());
    await until(() => isGone);
  });
});

describe("bodies that are too long or too slow", () => {
  test("declared, streamed and typed ones over the limit are 413, and the backend sees no whole body", async () => {
    const ends: string[] = [];
    const backend = await httpBackend((incoming) => {
      incoming.on("end", () => ends.push("end")).on("error", () => ends.push("error"));
      incoming.resume();
    });
    const { port } = await before(backend, { limits: { body: 1000 } });
    expect(statuses(await exchangeRaw(port, simple("POST", "/", "Content-Length: 1001")))).toEqual([413]);
    expect(ends).toEqual([]);
    const chunk = `400\r\n${"x".repeat(1024)}\r\n`;
    expect(statuses(await exchangeRaw(port, `${simple("POST", "/typed", "Transfer-Encoding: chunked")}${chunk}0\r\n\r\n`))).toEqual([413]);
    expect(ends).toEqual([]);
    const socket = await openSocket(port);
    let text = "";
    socket.on("data", (part) => (text += String(part)));
    socket.write(`${simple("POST", "/", "Transfer-Encoding: chunked")}5\r\nhello\r\n`);
    await pause(80);
    socket.write(`${chunk}${chunk}`);
    await until(() => statuses(text)[0] === 413);
    await until(() => ends.length === 1);
    expect(ends).toEqual(["error"]);
  });

  test("one that does not end in time is 408", async () => {
    const backend = await httpBackend((incoming) => incoming.resume());
    const { port } = await before(backend, { limits: { bodyTimeout: 150 } });
    expect(statuses(await exchangeRaw(port, `${simple("POST", "/", "Content-Length: 5")}he`))).toEqual([408]);
    expect(statuses(await exchangeRaw(port, `${simple("POST", "/typed", "Content-Length: 5")}he`))).toEqual([408]);
  });

  test("`100 Continue` comes when the body is wanted, and not with a refusal", async () => {
    const backend = await httpBackend(async (incoming, answer) => void answer.end(await body(incoming)));
    const { port } = await before(backend, { limits: { body: 1000 } });
    const socket = await openSocket(port);
    let text = "";
    socket.on("data", (chunk) => (text += String(chunk)));
    socket.write(simple("POST", "/", "Content-Length: 2", "Expect: 100-continue"));
    await until(() => text.includes("100 Continue"));
    socket.write("hi");
    await until(() => text.endsWith("hi\r\n0\r\n\r\n") || text.endsWith("\r\n\r\nhi"));
    socket.destroy();
    const refused = await exchangeRaw(port, simple("POST", "/", "Content-Length: 2000", "Expect: 100-continue"));
    expect(statuses(refused)).toEqual([413]);
    expect(refused).toMatch(/connection: close/i);
  });
});

test("a backend may answer before it has read the body", async () => {
  const backend = await httpBackend((_incoming, answer) => void answer.writeHead(403, { "content-length": 2 }).end("no"));
  const { port, entries } = await before(backend, { limits: { body: 50_000_000 } });
  const status = await new Promise((resolve, reject) => {
    const call = request(
      { port, host: "127.0.0.1", method: "POST", agent: false, headers: { "content-length": 40_000_000 } },
      (incoming) => {
        incoming.resume();
        resolve(incoming.statusCode);
      },
    );
    call.on("error", reject);
    call.write(Buffer.alloc(100_000));
  });
  expect(status).toBe(403);
  await until(() => entries.length === 1);
});
