/** The hygiene cases of HTTP/2, by frames over a real socket: what Node's parser refuses, and what only the gateway holds. */
import type { Server } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { httpBackend, portOf, until } from "../../runtime/hosts/served.ts";
import { fields } from "./cases/fields.ts";
import { frames } from "./cases/frames.ts";
import { pseudoFields } from "./cases/pseudo-fields.ts";
import { frame } from "../upstream/frames.ts";
import { type Http2Gateway, http2Gateway, stopBoth } from "./http2-gateway.ts";
import { get, headers } from "./hygiene-case.ts";
import { preface, rawConnection, SETTINGS } from "./raw-connection.ts";

let backend: Server;
let gateway: Http2Gateway;
let reached = 0;

beforeAll(async () => {
  backend = await httpBackend((request, answer) => {
    request.on("end", () => reached++).resume();
    request.on("end", () => answer.end("ok"));
  });
  gateway = await http2Gateway(`
backend main = http { targets: ["http://127.0.0.1:${portOf(backend)}"] }
gateway shop { listen 0 { http2: true }, host: "api.example", limits { header_timeout: 1s, headers: 8KiB } }
entry outside { listen 0, tls { certificate: CERT, key: KEY }, allow }
ANY "/{rest: Rest}" -> main { public because "a test" }
`);
});
afterAll(() => stopBoth(gateway, backend));

describe.each(Object.entries({ "pseudo-fields": pseudoFields, fields, frames }))("%s", (_about, cases) => {
  test.each(cases)("$name: $expect", async ({ frames: sent, expect: expected, reaches }) => {
    const [before, told] = [reached, gateway.records.length];
    const raw = await rawConnection(gateway.port());
    raw.write(...sent);
    await until(() => raw.stream(1) !== undefined || raw.isClosed());
    if (typeof expected === "number") {
      expect(raw.stream(1)).toBe("answered");
      await until(() => gateway.records.length > told);
      expect(gateway.records.slice(told).map(({ status }) => status)).toEqual([expected]);
    } else if (expected === "reset") {
      expect(raw.stream(1)).toBeTypeOf("number");
      // The connection goes on.
      raw.write(headers(get(), 5, 3));
      await until(() => raw.stream(3) === "answered");
    } else {
      await until(raw.isClosed);
      expect(raw.goaway()).toBeGreaterThan(0);
    }
    expect(reached - before).toBe(reaches + (expected === "reset" ? 1 : 0));
    raw.socket.destroy();
    expect(gateway.faults).toEqual([]);
  });
});

test.each([["\0"], ["a\0b"], ["a\rb"], ["a\nb"], ["a\x7fb"]])("a value with a control character is seen by nobody: %j", async (value) => {
  const raw = await rawConnection(gateway.port());
  raw.write(headers(get({}, ["x-a", value], ["x-b", "1"])));
  await until(() => raw.stream(1) !== undefined);
  await until(() => gateway.records.at(-1)?.rawHeaders.includes("x-b") === true);
  expect(gateway.records.at(-1)?.rawHeaders).not.toContain("x-a");
  raw.socket.destroy();
});

test.each([
  ["a preface that goes wrong at its end", "PRI * HTTP/2.0\r\n\r\nSM\r\n\rX"],
  ["the request line of the preface alone", "PRI * HTTP/2.0\r\nHost: api.example\r\n\r\n"],
  ["a request line of HTTP/2", "GET /items HTTP/2.0\r\nHost: api.example\r\n\r\n"],
  [
    "an upgrade to h2c",
    "GET /items HTTP/1.1\r\nHost: api.example\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n",
  ],
])("%s is a bad request of HTTP/1.1", async (_name, text) => {
  const before = reached;
  const raw = await rawConnection(gateway.port(), Buffer.from(text));
  let answer = "";
  raw.socket.on("data", (chunk) => (answer += String(chunk)));
  await until(raw.isClosed);
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  expect(reached).toBe(before);
});

test("a preface that comes byte by byte, and requests of HTTP/1.1 that do", async () => {
  const raw = await rawConnection(gateway.port(), Buffer.alloc(0));
  for (const byte of Buffer.from(preface)) {
    raw.socket.setNoDelay(true).write(Buffer.from([byte]));
    await new Promise(setImmediate);
  }
  raw.write(frame(SETTINGS, 0, 0), headers(get()));
  await until(() => raw.stream(1) === "answered");
  raw.socket.destroy();
  const old = await rawConnection(gateway.port(), Buffer.alloc(0));
  let answer = "";
  old.socket.on("data", (chunk) => (answer += String(chunk)));
  for (const byte of Buffer.from("PUT /items HTTP/1.1\r\nHost: api.example\r\nContent-Length: 1\r\nConnection: close\r\n\r\nx")) {
    old.socket.setNoDelay(true).write(Buffer.from([byte]));
    await new Promise(setImmediate);
  }
  await until(old.isClosed);
  expect(answer).toMatch(/^HTTP\/1\.1 200 /);
});

test("what is half a preface is not waited for longer than a head", async () => {
  const raw = await rawConnection(gateway.port(), Buffer.from("PRI * HT"));
  const begun = Date.now();
  await until(raw.isClosed);
  expect(Date.now() - begun).toBeGreaterThan(800);
});
