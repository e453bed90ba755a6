/** Calls by HTTP/2 over real sockets, by TLS and in clear, beside HTTP/1.1 at the same doors. */
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { callTls } from "../doors/tls-call.ts";
import { until } from "../../runtime/hosts/served.ts";
import { ask, type Client, clientOf, type Http2Gateway, http2Gateway, stopBoth } from "./http2-gateway.ts";

type Seen = {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly trailers: readonly string[];
};
let backend: Server;
let gateway: Http2Gateway;
const seen: Seen[] = [];
let aborted = 0;

beforeAll(async () => {
  backend = createServer((request, response) => {
    const { method = "", url = "", headers } = request;
    request.on("error", () => {});
    if (url.startsWith("/early")) {
      response.end("enough");
      return;
    }
    if (url.startsWith("/duplex")) {
      response.writeHead(200);
      request.on("data", (chunk: Buffer) => response.write(`echo ${String(chunk)};`)).on("end", () => response.end("done"));
      return;
    }
    if (url.startsWith("/hangs")) {
      response.on("close", () => aborted++);
      return;
    }
    let body = "";
    request.on("data", (chunk: Buffer) => (body += String(chunk)));
    request.on("end", () => {
      seen.push({ method, url, headers, body, trailers: request.rawTrailers });
      if (url.startsWith("/broken")) {
        response.writeHead(200, url.endsWith("chunked") ? {} : { "content-length": 100 });
        response.write("half");
        setTimeout(() => response.destroy(), 50);
      } else if (url.startsWith("/large")) response.end(Buffer.alloc(3_000_000, "x"));
      else {
        response.writeHead(201, { etag: '"1"', "set-cookie": ["a=1", "b=2"], connection: "x-hop", "x-hop": "1" });
        response.end(`got ${body}`);
      }
    });
  });
  await new Promise<void>((resolve) => backend.listen(0, "127.0.0.1", resolve));
  gateway = await http2Gateway(`
backend main = http { targets: ["http://127.0.0.1:${(backend.address() as AddressInfo).port}"], timeout: 2s }
gateway shop { listen 0 { http2: true }, limits { header_timeout: 500ms, body_timeout: 1s, body: 256KiB, headers: 4KiB } }
entry outside { listen 0, tls { certificate: CERT, key: KEY }, allow }
entry old     { listen 0 { http2: false }, tls { certificate: CERT, key: KEY }, allow }
POST "/typed" body { a: Int } { public because "a test", respond 200 }
GET  "/hello" { public because "a test", respond 200 "hello" }
GET  "/empty" { public because "a test", respond 204 }
GET  "/closed" { respond 200, allow when client.ip in 10.0.0.0/8 }
ANY  "/{rest: Rest}" -> main { public because "a test" }
`);
});
afterAll(() => stopBoth(gateway, backend));

describe.each([
  ["by TLS", "outside"],
  ["in clear", undefined],
])("%s", (_how, entry) => {
  let client: Client;
  beforeAll(() => {
    client = clientOf(gateway, entry);
  });
  afterAll(() => client.close());

  test("fields, bodies and answers come through", async () => {
    const answer = await ask(client, { ":method": "POST", ":path": "/items?x=1", "x-a": ["1", "2"], cookie: ["a=1", "b=2"] }, "body");
    expect(answer).toMatchObject({ status: 201, body: "got body", code: 0 });
    expect(answer.headers).toMatchObject({ etag: '"1"', "set-cookie": ["a=1", "b=2"] });
    expect(answer.headers).not.toHaveProperty("x-hop");
    expect(seen.at(-1)).toMatchObject({
      method: "POST",
      url: "/items?x=1",
      body: "body",
      headers: {
        cookie: "a=1; b=2",
        "x-a": "1, 2",
        "x-forwarded-host": "gateway.example",
        "x-forwarded-proto": entry === undefined ? "http" : "https",
        "transfer-encoding": "chunked",
      },
    });
    await until(() => gateway.records.at(-1)?.target === "/items?x=1");
    expect(gateway.records.at(-1)).toMatchObject({
      httpVersion: "2.0",
      method: "POST",
      status: 201,
      bytesIn: 4,
      bytesOut: 8,
      isCut: false,
    });
  });

  test("a hundred calls at once on one connection", async () => {
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, at) => ask(client, { ":method": "PUT", ":path": `/n/${at}`, "content-length": 3 }, "abc")),
    );
    expect(new Set(answers.map(({ status, body, code }) => `${status} ${body} ${code}`))).toEqual(new Set(["201 got abc 0"]));
  });

  test("answers of the gateway's own, with and without bodies", async () => {
    expect(await ask(client, { ":path": "/hello" })).toMatchObject({ status: 200, body: "hello", code: 0 });
    expect(await ask(client, { ":path": "/hello", ":method": "HEAD" })).toMatchObject({ status: 200, body: "", code: 0 });
    expect(await ask(client, { ":path": "/empty" })).toMatchObject({ status: 204, body: "", code: 0 });
    const closed = await ask(client, { ":path": "/closed" });
    expect(closed).toMatchObject({ status: 403, code: 0, headers: { "content-type": "application/problem+json" } });
    expect(await ask(client, { ":path": "/-/health" })).toMatchObject({ status: 200, body: '{"status":"ok"}', code: 0 });
    expect(await ask(client, { ":path": "/typed", ":method": "POST", "content-type": "application/json" }, '{"a":1}')).toMatchObject({
      status: 200,
    });
    expect(await ask(client, { ":path": "/typed", ":method": "POST", "content-type": "application/json" }, "{")).toMatchObject({
      status: 400,
    });
  });

  test("large answers, and an answer that breaks off is never whole", async () => {
    const large = await ask(client, { ":path": "/large" });
    expect([large.status, large.body.length, large.code]).toEqual([200, 3_000_000, 0]);
    for (const path of ["/broken", "/broken/chunked"])
      expect(await ask(client, { ":path": path })).toMatchObject({ status: 200, body: "half", code: 2 });
  });

  test("an answer may begin before its request ends", async () => {
    const answer = await ask(client, { ":method": "POST", ":path": "/duplex" }, (stream) => {
      stream.write("one");
      stream.once("data", () => stream.end("two"));
    });
    expect(answer).toMatchObject({ status: 200, body: "echo one;echo two;done", code: 0 });
  });

  test("an answer that needs no more of the request ends the stream without an error", async () => {
    const answer = await ask(client, { ":method": "POST", ":path": "/early" }, (stream) => void stream.write("never ends"));
    expect(answer).toMatchObject({ status: 200, body: "enough", code: 0 });
  });

  test("who leaves takes the backend's call along", async () => {
    const before = aborted;
    const stream = client.session.request({ ":path": "/hangs" });
    stream.on("error", () => {});
    await new Promise((resolve) => setTimeout(resolve, 100));
    stream.close(8);
    await until(() => aborted === before + 1);
    await until(() => gateway.records.at(-1)?.target === "/hangs");
    expect(gateway.records.at(-1)).toMatchObject({ status: 0, isCut: true });
  });

  test("limits of fields, targets and bodies, and their times", async () => {
    expect((await ask(client, { ":path": "/hello", "x-a": "y".repeat(5_000) })).status).toBe(431);
    expect(
      (await ask(client, { ":path": "/hello", ...Object.fromEntries(Array.from({ length: 101 }, (_, at) => [`x-${at}`, "1"])) })).status,
    ).toBe(431);
    expect((await ask(client, { ":path": `/${"x".repeat(9_000)}` })).status).toBe(414);
    expect((await ask(client, { ":method": "POST", ":path": "/items", "content-length": 300_000 }, "x".repeat(300_000))).status).toBe(413);
    expect((await ask(client, { ":method": "POST", ":path": "/items" }, "x".repeat(300_000))).status).toBe(413);
    expect((await ask(client, { ":method": "POST", ":path": "/typed", "content-type": "application/json" }, () => {})).status).toBe(408);
    expect((await ask(client, { ":method": "POST", ":path": "/slow" }, (stream) => void stream.write("x"))).status).toBe(408);
  });

  test("trailers of a request end its body, and go no further", async () => {
    const asked = { ":method": "POST", ":path": "/items", trailer: "x-checked" };
    const answer = await new Promise<string>((resolve) => {
      const stream = client.session.request(asked, { waitForTrailers: true });
      stream.on("wantTrailers", () => stream.sendTrailers({ "x-checked": "yes" }));
      let text = "";
      stream.setEncoding("utf8").on("data", (part: string) => (text += part));
      stream.on("close", () => resolve(text)).end("whole");
    });
    expect(answer).toBe("got whole");
    expect(seen.at(-1)).toMatchObject({ body: "whole", trailers: [] });
    expect(seen.at(-1)?.headers).not.toHaveProperty("trailer");
  });

  test("100-continue is said before a body is wanted", async () => {
    let hasContinued = false;
    const answer = await ask(client, { ":method": "POST", ":path": "/items", expect: "100-continue" }, (stream) => {
      stream.on("continue", () => {
        hasContinued = true;
        stream.end("late");
      });
    });
    expect(answer).toMatchObject({ status: 201, body: "got late" });
    expect(hasContinued).toBe(true);
  });
});

test("HTTP/1.1 is spoken at the same doors", async () => {
  const { port, ca } = gateway;
  expect(await callTls(port("outside"), "/hello", { ca })).toMatchObject({ status: 200, body: "hello" });
  const plain = await fetch(`http://127.0.0.1:${port()}/hello`);
  expect([plain.status, await plain.text()]).toEqual([200, "hello"]);
});

test("a door that says no HTTP/2 agrees on none", async () => {
  const client = clientOf(gateway, "old");
  const failed = await new Promise((resolve) => {
    client.session.once("error", resolve);
    client.session.once("connect", () => resolve("connected"));
  });
  expect(failed).toBeInstanceOf(Error);
  expect(await callTls(gateway.port("old"), "/hello", { ca: gateway.ca, ALPNProtocols: ["http/1.1"] })).toMatchObject({ status: 200 });
});

test("nothing but answers and refusals happened", () => {
  expect(gateway.faults).toEqual([]);
});
