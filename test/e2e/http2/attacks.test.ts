/** Clients of HTTP/2 that mean harm, by frames over real sockets. What ends them, what it costs, and that others are served meanwhile. */
import type { Server } from "node:http";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { httpBackend, pause, portOf, until } from "../../runtime/hosts/served.ts";
import { frame } from "../upstream/frames.ts";
import { ask, clientOf, type Http2Gateway, http2Gateway, stopBoth } from "./http2-gateway.ts";
import { get, headers } from "./hygiene-case.ts";
import {
  block,
  CONTINUATION,
  DATA,
  END_HEADERS,
  HEADERS,
  number,
  PING,
  type RawConnection,
  rawConnection,
  RESET,
  SETTINGS,
  WINDOW_UPDATE,
} from "./raw-connection.ts";

const CALM = 11;
let backend: Server;
let gateway: Http2Gateway;
let reached = 0;
const open: RawConnection[] = [];

beforeAll(async () => {
  backend = await httpBackend((request, answer) => {
    reached++;
    request.resume();
    if (request.url === "/large") answer.end(Buffer.alloc(2_000_000));
    else if (request.url !== "/hangs") request.on("end", () => answer.end("ok"));
  });
  gateway = await http2Gateway(
    `
backend main = http { targets: ["http://127.0.0.1:${portOf(backend)}"] }
gateway shop { listen 0 { http2: true }, limits { header_timeout: 600ms, body_timeout: 1s, idle_timeout: 1s } }
entry outside { listen 0, tls { certificate: CERT, key: KEY }, allow }
ANY "/{rest: Rest}" -> main { public because "a test" }
`,
    { calls: 10_000 },
  );
});
afterEach(() => {
  for (const { socket } of open.splice(0)) socket.destroy();
});
afterAll(() => stopBoth(gateway, backend));

async function attacker(): Promise<RawConnection> {
  const raw = await rawConnection(gateway.port());
  open.push(raw);
  return raw;
}

async function othersAreServed(): Promise<void> {
  const other = clientOf(gateway, "outside");
  expect((await ask(other, { ":path": "/" })).status).toBe(200);
  other.close();
  expect(gateway.faults).toEqual([]);
}

const hanging = (stream: number): Buffer => headers(get({ ":path": ["/hangs"] }), 5, stream);
const reset = (stream: number): Buffer => frame(RESET, 0, stream, number(8));
const abuses = (): readonly string[] => gateway.events.flatMap((event) => (event.kind === "connection-refused" ? [event.fault] : []));

test("streams that are opened and reset at once, thousands in a write (CVE-2023-44487)", async () => {
  const raw = await attacker();
  const before = reached;
  raw.write(...Array.from({ length: 5_000 }, (_, at) => [hanging(2 * at + 1), reset(2 * at + 1)]).flat());
  await until(raw.isClosed);
  expect(reached - before).toBeLessThan(500);
  await othersAreServed();
});

test("streams that are opened, taken up and reset, again and again", async () => {
  const raw = await attacker();
  const [before, told] = [reached, abuses().length];
  for (let stream = 1; !raw.isClosed() && stream < 4_000; stream += 2) {
    raw.write(hanging(stream));
    await pause(2);
    raw.write(reset(stream));
    await pause(1);
  }
  await until(raw.isClosed);
  expect(raw.goaway()).toBe(CALM);
  expect(reached - before).toBeLessThan(500);
  expect(abuses().slice(told)).toEqual(["too-many-resets"]);
  await until(() => gateway.records.filter(({ target, isCut }) => target === "/hangs" && !isCut).length === 0);
  await othersAreServed();
});

test("streams that the gateway is made to reset (CVE-2025-8671)", async () => {
  const raw = await attacker();
  const told = abuses().length;
  // A length that the body does not have ends each stream from our side.
  for (let stream = 1; !raw.isClosed() && stream < 4_000; stream += 2) {
    raw.write(
      headers(get({ ":method": ["POST"], ":path": ["/hangs"] }, ["content-length", "5"]), END_HEADERS, stream),
      frame(DATA, 1, stream, Buffer.from("a")),
    );
    await pause(2);
  }
  await until(raw.isClosed);
  // Node counts invalid frames before we count resets.
  expect(raw.goaway()).toBeGreaterThan(0);
  expect(abuses().slice(told)).toEqual(["http2-protocol"]);
  await othersAreServed();
});

test("more streams at once than are allowed are refused, and the others are served", async () => {
  const raw = await attacker();
  const before = reached;
  raw.write(...Array.from({ length: 150 }, (_, at) => hanging(2 * at + 1)));
  await until(() => reached - before === 100);
  await until(() => raw.came.filter(({ type }) => type === RESET).length === 50);
  expect(new Set(raw.came.filter(({ type }) => type === RESET).map(({ payload }) => payload.readUInt32BE(0)))).toEqual(new Set([7]));
  await othersAreServed();
});

test("fields that never end (CVE-2024-27316)", async () => {
  const raw = await attacker();
  raw.write(frame(HEADERS, 0, 1, block(get())));
  const junk = frame(CONTINUATION, 0, 1, block([["x-a", "y".repeat(1_000)]]));
  const heap = process.memoryUsage().rss;
  for (let at = 0; at < 20_000 && !raw.isClosed(); at++) {
    raw.write(junk);
    if (at % 16 === 0) await new Promise(setImmediate);
  }
  await until(raw.isClosed);
  expect(process.memoryUsage().rss - heap).toBeLessThan(64 * 1024 * 1024);
  await othersAreServed();
});

test("fields that are small on the wire and large behind it", async () => {
  const raw = await attacker();
  const large = Buffer.concat([
    Buffer.from([0x40, 3]),
    Buffer.from("x-a"),
    Buffer.from([127, 0x81 + 0x00, 0x1d]),
    Buffer.alloc(127 + 1 + 29 * 128, "y"),
  ]);
  // Entry 62 of the table, again and again: each byte is one field of 3,840.
  raw.write(frame(HEADERS, 5, 1, Buffer.concat([block(get()), large, Buffer.alloc(8_000, 0xbe)])));
  await until(() => raw.stream(1) !== undefined || raw.isClosed());
  expect(raw.stream(1)).not.toBe(200);
  expect(gateway.records.every(({ rawHeaders }) => rawHeaders.length < 3_000)).toBe(true);
  await othersAreServed();
});

test.each([
  ["settings", frame(SETTINGS, 0, 0), 10],
  ["pings", frame(PING, 0, 0, Buffer.alloc(8)), 500],
] as const)("a flood of %s (CVE-2019-9515, CVE-2019-9512)", async (kind, one, atOnce) => {
  const raw = await attacker();
  const told = abuses().length;
  raw.write(hanging(1));
  const many = Buffer.concat(Array.from({ length: atOnce }, () => one));
  for (let at = 0; at < 1_000 && !raw.isClosed(); at++) {
    const before = raw.came.length;
    raw.write(many);
    // As long as its echo is read: a flood that nobody reads the echo of is ended by Node.
    await until(() => raw.isClosed() || raw.came.length >= before + atOnce);
  }
  await until(raw.isClosed);
  expect(raw.goaway()).toBe(CALM);
  expect(abuses().slice(told)).toEqual([`too-many-${kind}`]);
  await othersAreServed();
});

test("a flood of pings of which nobody reads the echo", async () => {
  const raw = await attacker();
  const told = abuses().length;
  raw.socket.pause();
  const many = Buffer.concat(Array.from({ length: 1_000 }, () => frame(PING, 0, 0, Buffer.alloc(8))));
  for (let at = 0; at < 200; at++) raw.write(many);
  await until(() => abuses().length > told);
  expect(abuses().slice(told)).toEqual(["http2-protocol"]);
  await othersAreServed();
});

test("a flood of data of nothing (CVE-2019-9518)", async () => {
  const raw = await attacker();
  raw.write(headers(get({ ":method": ["POST"], ":path": ["/hangs"] }), END_HEADERS));
  const nothing = Buffer.concat(Array.from({ length: 500 }, () => frame(DATA, 0, 1)));
  for (let at = 0; at < 40 && !raw.isClosed(); at++) {
    raw.write(nothing);
    await new Promise(setImmediate);
  }
  await until(raw.isClosed);
  await othersAreServed();
});

test("who says nothing, or half a head, or only pings, is gone when a head had to be there", async () => {
  const [silent, half, pinging] = [await attacker(), await attacker(), await attacker()];
  half.write(frame(HEADERS, 0, 1, block(get())));
  const begun = Date.now();
  while (!pinging.isClosed() && Date.now() - begun < 3_000) {
    pinging.write(frame(PING, 0, 0, Buffer.alloc(8)));
    await pause(50);
  }
  await until(() => silent.isClosed() && half.isClosed() && pinging.isClosed());
  expect(Date.now() - begun).toBeLessThan(2_500);
  await othersAreServed();
});

test("who has had an answer may rest for the idle time, whatever he pings", async () => {
  const raw = await attacker();
  raw.write(headers(get()));
  await until(() => raw.stream(1) === "answered");
  const begun = Date.now();
  while (!raw.isClosed() && Date.now() - begun < 4_000) {
    raw.write(frame(PING, 0, 0, Buffer.alloc(8)));
    await pause(50);
  }
  expect(Date.now() - begun).toBeGreaterThan(800);
  expect(Date.now() - begun).toBeLessThan(3_000);
  expect(raw.goaway()).toBe(0);
});

test("who takes nothing of an answer is cut off, stream by stream", async () => {
  const raw = await attacker();
  raw.write(frame(SETTINGS, 0, 0, Buffer.from([0, 4, 0, 0, 0, 0])), headers(get({ ":path": ["/large"] })));
  await until(() => raw.stream(1) === "answered");
  await until(() => gateway.records.at(-1)?.target === "/large", 5_000);
  expect(gateway.records.at(-1)).toMatchObject({ isCut: true });
  await until(() => raw.came.some(({ type, stream, payload }) => type === RESET && stream === 1 && payload.readUInt32BE(0) === 2));
});

test("a window that grows byte by byte does not keep an answer for ever", async () => {
  const raw = await attacker();
  raw.write(frame(SETTINGS, 0, 0, Buffer.from([0, 4, 0, 0, 0, 1])), headers(get({ ":path": ["/large"] })));
  const begun = Date.now();
  while (gateway.records.at(-1)?.target !== "/large" && Date.now() - begun < 5_000) {
    raw.write(frame(WINDOW_UPDATE, 0, 1, number(1)));
    await pause(100);
  }
  expect(gateway.records.at(-1)).toMatchObject({ target: "/large", isCut: true });
});
