/** HTTP/2 towards servers, by Node's own server: what it does to streams and connections, and what the client must see of it. */
import {
  createServer,
  createSecureServer,
  constants,
  type Http2Server,
  type ServerHttp2Stream,
  type IncomingHttpHeaders,
} from "node:http2";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, connect as connectInClear, createServer as createNetServer, type Socket } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { certificate, pemFolder, serverAuth } from "../../harness/certificates.ts";
import type { HeaderField } from "../../../runtime/contract/gateway.ts";
import { endpoint as newEndpoint, readTarget } from "../../../runtime/hosts/node/upstream/endpoint.ts";
import { http2 } from "../../../runtime/hosts/node/upstream/http2.ts";
import type { Trouble } from "../../../runtime/hosts/node/upstream/transport.ts";
import { exchangeRaw, statuses } from "../../runtime/hosts/raw-client.ts";
import { until } from "../../runtime/hosts/served.ts";
import { call } from "./call.ts";
import { data, frameServer, ok, reset } from "./frames.ts";
import { type Before, gatewayBefore } from "./gateway-before.ts";

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

type Seen = { readonly method: string; readonly path: string; readonly body: string; readonly headers: IncomingHttpHeaders };
type Behave = (stream: ServerHttp2Stream, seen: Seen) => void;
type Running = { readonly port: number; readonly seen: Seen[]; readonly sessions: () => number };

async function listening(
  server: Http2Server,
  behave: Behave,
  early: (stream: ServerHttp2Stream) => boolean = () => false,
): Promise<Running> {
  const seen: Seen[] = [];
  let sessions = 0;
  server.on("session", (session) => {
    sessions++;
    session.on("error", () => {});
    open.push(() => session.destroy());
  });
  server.on("stream", (stream, headers) => {
    stream.on("error", () => {});
    if (headers[":path"] !== "/clean" && early(stream)) return;
    let body = "";
    stream.on("data", (chunk: Buffer) => {
      body += String(chunk);
    });
    stream.on("end", () => {
      const one = { method: String(headers[":method"]), path: String(headers[":path"]), body, headers };
      seen.push(one);
      if (one.path === "/clean") stream.end("clean");
      else behave(stream, one);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  open.push(() => server.close());
  return { port: (server.address() as AddressInfo).port, seen, sessions: () => sessions };
}

async function before(port: number, timeout = "10s"): Promise<Before> {
  const gateway = await gatewayBefore(`targets: ["http://127.0.0.1:${port}"], protocol: h2c, timeout: ${timeout}`);
  open.push(gateway.close);
  return gateway;
}

test("fields, bodies and answers come through, on one connection", async () => {
  const server = await listening(createServer(), (stream, { body }) => {
    stream.respond({ ":status": 201, "x-answer": "yes", "set-cookie": ["a=1", "b=2"] });
    stream.end(`got ${body}`);
  });
  const { port } = await before(server.port);
  const calls = await Promise.all(
    Array.from({ length: 20 }, (_, at) => call(port, { method: "POST", path: `/x?${at}`, body: String(at), headers: { "X-A": "b" } })),
  );
  expect(calls.map(({ status, body }) => `${status} ${body}`)).toEqual(Array.from({ length: 20 }, (_, at) => `201 got ${at}`));
  expect(calls[0]?.headers).toMatchObject({ "x-answer": "yes", "set-cookie": ["a=1", "b=2"] });
  expect(server.seen[0]?.headers).toMatchObject({
    ":authority": `127.0.0.1:${server.port}`,
    ":scheme": "http",
    "x-a": "b",
    "x-forwarded-host": `127.0.0.1:${port}`,
  });
  expect(server.seen[0]?.headers["connection"]).toBeUndefined();
  expect(server.sessions()).toBe(1);
});

test("fields that came twice go on twice, and those of an upgrade not at all", async () => {
  const seen: (readonly string[])[] = [];
  const plain = createServer();
  plain.on("stream", (_stream, _headers, _flags, rawHeaders) => void seen.push(rawHeaders));
  const server = await listening(plain, (stream) => (stream.respond({ ":status": 200 }), stream.end("got")));
  const gateway = await before(server.port);
  // Node's client of HTTP/2 takes each of these once by itself.
  const names = ["user-agent", "referer", "range", "if-match", "if-none-match", "etag", "max-forwards", "x-a"];
  for (const name of names) {
    const text = `GET /x HTTP/1.1\r\nHost: a.example\r\n${name}: 1\r\n${name}: 2\r\nHTTP2-Settings: AAMAAABk\r\nConnection: close\r\n\r\n`;
    expect(statuses(await exchangeRaw(gateway.port, text))).toEqual([200]);
    const fields = seen.at(-1) ?? [];
    expect(fields.flatMap((one, at) => (at % 2 === 0 && one === name ? [fields[at + 1]] : []))).toEqual(["1", "2"]);
    expect(fields).not.toContain("http2-settings");
  }
  expect(gateway.faults).toEqual([]);
});

test("what cannot be sent ends its own call alone", async () => {
  const server = await listening(createServer(), (stream) => (stream.respond({ ":status": 200 }), stream.end("got")));
  const transport = http2();
  open.push(() => transport.close());
  const endpoint = newEndpoint(readTarget(`http://127.0.0.1:${server.port}`), "127.0.0.1", server.port);
  const heard = (headers: readonly HeaderField[]): Promise<number | Trouble> => {
    const answer = { kind: "forward", backend: "", method: "GET", target: "/x", headers, body: "none", responseHeaders: [] } as const;
    return new Promise((resolve) => {
      transport.open(
        endpoint,
        { answer, length: undefined, fresh: false },
        { onConnected: (one) => one.end(), onDrain: () => {}, onAnswer: ({ status }) => resolve(status), onTrouble: resolve },
      );
    });
  };
  await expect(heard([["a b", "c"]])).rejects.toThrow("a field that cannot be sent: a b");
  await expect(heard([["x-a", "b\r\nc: d"]])).rejects.toThrow("a field that cannot be sent: x-a");
  // What Node does not take, whatever we think of it.
  expect(await heard([["keep-alive", "timeout=5"]])).toBe("malformed");
  expect(await heard([["x-a", "b"]])).toBe(200);
  expect(server.sessions()).toBe(1);
  expect(server.seen).toHaveLength(1);
});

test("trailers go to who takes them: the status of gRPC among them", async () => {
  const server = await listening(createServer(), (stream) => {
    stream.respond({ ":status": 200, "content-type": "application/grpc" }, { waitForTrailers: true });
    stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": "0", "grpc-message": "fine", "x-request-id": "theirs" }));
    stream.end(Buffer.from([0, 0, 0, 0, 1, 7]));
  });
  const { port } = await before(server.port);
  const asked = { method: "POST", path: "/shop.Orders/Get", body: "\u0000", headers: { "Content-Type": "application/grpc" } };
  const taken = await call(port, { ...asked, headers: { ...asked.headers, TE: "trailers" } });
  expect(taken).toMatchObject({ status: 200, isWhole: true, headers: { trailers: { "grpc-status": "0", "grpc-message": "fine" } } });
  expect(taken.headers["trailers"]).not.toHaveProperty("x-request-id");
  expect(server.seen[0]?.headers["te"]).toBe("trailers");
  expect((await call(port, asked)).headers).toMatchObject({ trailers: {} });
});

type Fault = {
  readonly name: string;
  readonly does: Behave;
  readonly expect: number | "cut";
  readonly early?: (stream: ServerHttp2Stream) => boolean;
  /** Where it is to pass; else nobody is so slow. */
  readonly timeout?: string;
};
const head = { ":status": 200 } as const;
const some = (stream: ServerHttp2Stream, then: () => void): void => {
  stream.respond(head);
  stream.write("some", () => setTimeout(then, 30));
};
const FAULTS: readonly Fault[] = [
  { name: "a stream that is reset before its head", does: (stream) => stream.close(constants.NGHTTP2_INTERNAL_ERROR), expect: 502 },
  { name: "a stream that is refused", does: (stream) => stream.close(constants.NGHTTP2_REFUSED_STREAM), expect: 502 },
  { name: "a stream that is cancelled before its head", does: (stream) => stream.close(constants.NGHTTP2_CANCEL), expect: 502 },
  { name: "a connection that breaks before the head", does: (stream) => stream.session?.socket.destroy(), expect: 502 },
  { name: "a connection that breaks within the body", does: (stream) => some(stream, () => stream.session?.destroy()), expect: "cut" },
  {
    name: "GOAWAY with an error before the head",
    does: (stream) => stream.session?.destroy(new Error("x"), constants.NGHTTP2_ENHANCE_YOUR_CALM),
    expect: 502,
  },
  {
    name: "GOAWAY within the body, which then ends",
    does: (stream) => some(stream, () => (stream.session?.goaway(), stream.end("more"))),
    expect: 200,
  },
  { name: "silence", does: () => {}, expect: 504, timeout: "400ms" },
  { name: "silence within the body", does: (stream) => some(stream, () => {}), expect: "cut", timeout: "1s" },
  {
    name: "less than the length says",
    does: (stream) => {
      stream.respond({ ":status": 200, "content-length": "10" });
      stream.end("some");
    },
    expect: "cut",
  },
];

describe.each(FAULTS)("$name", ({ does, expect: expected, timeout }) => {
  test.each(["GET", "POST"])("%s", async (method) => {
    const server = await listening(createServer(), does);
    const { port, faults } = await before(server.port, timeout);
    const { status, isWhole } = await call(port, { method, ...(method === "POST" ? { body: "once" } : {}) });
    expect(isWhole ? status : "cut").toBe(expected);
    expect(server.seen.filter((one) => one.method === "POST" && one.path === "/fault").length).toBeLessThanOrEqual(1);
    expect(await call(port, { path: "/clean" })).toMatchObject({ status: 200, body: "clean", isWhole: true });
    expect(faults).toEqual([]);
  });
});

const frames: readonly (readonly [name: string, does: (socket: Socket, stream: number) => void, expect: number | "cut"])[] = [
  ["a stream that ends", (socket, stream) => socket.write(Buffer.concat([ok(stream), data(stream, "some", true)])), 200],
  [
    "one that is reset within its body",
    (socket, stream) => later(socket, [ok(stream), data(stream, "some")], reset(stream, constants.NGHTTP2_INTERNAL_ERROR)),
    "cut",
  ],
  [
    "one that is cancelled within its body",
    (socket, stream) => later(socket, [ok(stream), data(stream, "some")], reset(stream, constants.NGHTTP2_CANCEL)),
    "cut",
  ],
  [
    "one that is reset without an error within its body",
    (socket, stream) => later(socket, [ok(stream), data(stream, "some")], reset(stream, constants.NGHTTP2_NO_ERROR)),
    "cut",
  ],
  [
    "one that is reset without an error behind its end",
    (socket, stream) => later(socket, [ok(stream), data(stream, "some", true)], reset(stream, constants.NGHTTP2_NO_ERROR)),
    200,
  ],
  ["a connection that ends within the body", (socket, stream) => void socket.end(Buffer.concat([ok(stream), data(stream, "some")])), "cut"],
  [
    "a connection that is reset within the body",
    (socket, stream) =>
      void socket.write(Buffer.concat([ok(stream), data(stream, "some")]), () => setTimeout(() => socket.resetAndDestroy(), 30)),
    "cut",
  ],
  ["frames of no known stream", (socket) => void socket.write(data(99, "some")), 502],
  ["a body before its head", (socket, stream) => void socket.write(data(stream, "some", true)), 502],
];

describe.each(frames)("%s", (_name, does, expected) => {
  test.each(["GET", "POST"])("%s", async (method) => {
    const server = await frameServer(does);
    open.push(server.close);
    const { port } = await before(server.port);
    const { status, isWhole } = await call(port, { method, ...(method === "POST" ? { body: "once" } : {}) });
    expect(isWhole ? status : "cut").toBe(expected);
  });
});

function later(socket: Socket, first: readonly Buffer[], last: Buffer): void {
  socket.write(Buffer.concat(first), () => setTimeout(() => socket.write(last), 30));
}

test("a connection that says goodbye is left for another one, and no call is lost", async () => {
  const server = await listening(createServer(), (stream, { path }) => {
    stream.respond(head);
    stream.end(path);
    if (path === "/last") stream.session?.close();
  });
  const { port } = await before(server.port);
  for (let turn = 0; turn < 5; turn++) {
    expect((await call(port, { path: "/last" })).body).toBe("/last");
    expect((await call(port, { path: `/next/${turn}` })).body).toBe(`/next/${turn}`);
  }
  expect(server.sessions()).toBeGreaterThan(1);
});

test("a server that speaks HTTP/1.1 where HTTP/2 is said: 502", async () => {
  const server = createNetServer((socket) => socket.on("error", () => {}).end("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  open.push(() => server.close());
  const { port } = await before((server.address() as AddressInfo).port);
  expect((await call(port)).status).toBe(502);
});

describe("by TLS", () => {
  test.each([
    ["which chooses HTTP/2", true, 200],
    ["which knows HTTP/1.1 only", false, 502],
  ])("a server %s", async (_what, isHttp2, status) => {
    const folder = pemFolder();
    const authority = await certificate({ subject: "CN=CA", isAuthority: true });
    const names = [{ type: "dns", value: "localhost" } as const];
    const made = await certificate({ subject: "CN=localhost", by: authority, names, uses: [serverAuth] });
    const tls = { cert: made.pem, key: made.key };
    const server = isHttp2
      ? createSecureServer(tls, (_request, response) => response.end("fine"))
      : createTlsServer(tls, (_request, response) => response.end("fine"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    open.push(() => server.close());
    const ca = folder.write("ca.pem", authority.pem);
    const port = (server.address() as AddressInfo).port;
    const gateway = await gatewayBefore(`targets: ["https://localhost:${port}"], protocol: h2, timeout: 2s, tls { ca: "${ca}" }`);
    open.push(gateway.close);
    expect((await call(gateway.port)).status).toBe(status);
  });
});

test("a body that its client breaks off is reset, and never ended", async () => {
  const frames: string[] = [];
  const server = await frameServer(
    () => {},
    (type, flags, stream) =>
      void (stream > 0 && frames.push(`${["data", "headers", "", "reset"][type] ?? type}${type < 2 && flags & 1 ? " end" : ""}`)),
  );
  open.push(server.close);
  const { port } = await before(server.port);
  const socket = connectInClear(port, "127.0.0.1");
  socket.write("POST /upload HTTP/1.1\r\nHost: a.example\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n");
  await until(() => frames.includes("data"));
  socket.destroy();
  await until(() => frames.includes("reset"));
  expect(frames.filter((one) => one.endsWith("end"))).toEqual([]);
});
