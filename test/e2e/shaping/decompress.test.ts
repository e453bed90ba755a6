/** Compressed bodies over sockets: what the backend gets is what was judged, and what would become too large ends there. */
import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { brotliCompressSync, constants, deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { World } from "../../../runtime/contract/world.ts";
import { decode } from "../../../runtime/hosts/node/decode.ts";
import { type OpenGateway, openGateway } from "../../shaping/open-gateway.ts";

const TEXT = `
type Note = { text: String }
backend up = http { targets: [BACKEND] }
gateway g { listen 0, limits { body: 1MiB } }
POST "/all" body Note -> up { public because "a test", decompress { max: 4MiB } }
POST "/some" body Note -> up { public because "a test", decompress { with: [gzip, br], ratio: 1000 } }
POST "/none" body Note -> up { public because "a test" }
POST "/any" -> up { public because "a test", decompress { } }
`;
const MIB = 1024 * 1024;
const ENCODE = { gzip: gzipSync, br: brotliCompressSync, deflate: deflateSync, zstd: zstdCompressSync };

type Got = { readonly headers: IncomingHttpHeaders; readonly body: Buffer };
let gateway: OpenGateway;
const seen: Got[] = [];

function open(world: Partial<World>): Promise<OpenGateway> {
  return openGateway(
    TEXT,
    (request, response) => {
      const parts: Buffer[] = [];
      request.on("data", (part: Buffer) => parts.push(part));
      request.on("end", () => {
        seen.push({ headers: request.headers, body: Buffer.concat(parts) });
        response.end("taken");
      });
    },
    world,
  );
}

beforeAll(async () => {
  gateway = await open({ decode });
});
beforeEach(() => void seen.splice(0));
afterAll(() => gateway.close());

type Answer = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: string };

function post(path: string, coding: string | undefined, body: Uint8Array, more = {}, port = gateway.port): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const said = coding === undefined ? {} : { "content-encoding": coding };
    const headers = { "content-type": "application/json", "content-length": body.length, ...said, ...more };
    const call = httpRequest({ port, host: "127.0.0.1", path, method: "POST", headers, agent: false }, (answer) => {
      const parts: Buffer[] = [];
      answer.on("data", (part: Buffer) => parts.push(part));
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(parts).toString() }));
    });
    call.on("error", reject);
    call.end(body);
  });
}

/** A text that packs to half of it, the same in every run. */
function note(length: number): Buffer {
  let state = 1;
  const digit = (): number => (state = (state * 48_271) % 2_147_483_647) % 10;
  return Buffer.from(JSON.stringify({ text: Array.from({ length }, digit).join("") }));
}

describe("reaches the backend as what was behind the coding", () => {
  test.each(["gzip", "br", "deflate", "zstd"] as const)("%s", async (coding) => {
    const plain = note(50_000);
    const { status } = await post("/all", coding, ENCODE[coding](plain), { "content-digest": "sha-256=:AAAA:", "x-kept": "1" });
    expect(status).toBe(200);
    expect(seen).toHaveLength(1);
    expect(seen[0]?.body.equals(plain)).toBe(true);
    expect(seen[0]?.headers).toMatchObject({ "content-length": String(plain.length), "x-kept": "1" });
    expect(seen[0]?.headers).not.toHaveProperty("content-encoding");
    expect(seen[0]?.headers).not.toHaveProperty("content-digest");
  });

  test("and may be larger than what may come", async () => {
    const plain = note(2 * MIB);
    const zipped = gzipSync(plain);
    expect(zipped.length).toBeLessThan(MIB);
    expect(await post("/all", "gzip", zipped)).toMatchObject({ status: 200 });
    expect(seen[0]?.body.length).toBe(plain.length);
  });
});

describe("is refused, and the backend hears nothing", () => {
  const small = gzipSync(note(10));
  const cases: readonly (readonly [
    what: string,
    path: string,
    coding: string,
    body: Uint8Array,
    status: number,
    says: string | undefined,
  ])[] = [
    ["a coding where none is taken", "/none", "gzip", small, 415, "identity"],
    ["one that is not taken", "/some", "zstd", zstdCompressSync(note(10)), 415, "gzip, br"],
    ["two over one another", "/all", "gzip, gzip", gzipSync(small), 415, "gzip, br, zstd, deflate"],
    ["what is not what it says", "/all", "br", small, 400, undefined],
    ["what is cut short", "/all", "gzip", small.subarray(0, -4), 400, undefined],
    ["what has something behind it", "/all", "gzip", Buffer.concat([small, small]), 400, undefined],
    ["what does not fit behind its coding", "/all", "gzip", gzipSync('{"text":1}'), 400, undefined],
    ["more times longer than is allowed", "/all", "gzip", gzipSync(JSON.stringify({ text: "a".repeat(MIB) })), 413, undefined],
    ["larger than a body may be", "/some", "br", brotliCompressSync(note(2 * MIB)), 413, undefined],
  ];
  test.each(cases)("%s", async (_what, path, coding, body, status, says) => {
    const answer = await post(path, coding, body);
    expect(answer.status).toBe(status);
    expect(answer.headers["accept-encoding"]).toBe(says);
    expect(seen).toEqual([]);
  });

  test("a bomb of each kind, without room for what it would become", async () => {
    const zeros = Buffer.alloc(128 * MIB);
    const quick = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } };
    const bombs = { gzip: gzipSync(zeros), br: brotliCompressSync(zeros, quick), zstd: zstdCompressSync(zeros) };
    for (const [coding, bomb] of Object.entries(bombs)) {
      expect(bomb.length).toBeLessThan(MIB);
      const before = process.memoryUsage().rss;
      expect(await post("/all", coding, bomb)).toMatchObject({ status: 413 });
      expect(process.memoryUsage().rss - before).toBeLessThan(40 * MIB);
    }
    expect(seen).toEqual([]);
  });

  test("where the type is the reason, no coding is offered", async () => {
    const { status, headers } = await post("/all", "lzma", small, { "content-type": "text/plain" });
    expect(status).toBe(415);
    expect(headers["accept-encoding"]).toBeUndefined();
  });
});

test("what nobody reads here passes as it came", async () => {
  const body = gzipSync(note(10));
  await post("/any", "gzip", body, { "content-digest": "sha-256=:AAAA:" });
  expect(seen[0]?.body.equals(body)).toBe(true);
  expect(seen[0]?.headers).toMatchObject({ "content-encoding": "gzip", "content-digest": "sha-256=:AAAA:" });
});

describe("a host that cannot undo codings, or does it badly, lets nothing through", () => {
  const faults: readonly (readonly [what: string, decode: unknown, status: number])[] = [
    ["gives nothing", () => Promise.resolve(undefined), 500],
    ["gives no bytes", () => Promise.resolve({ kind: "bytes" }), 500],
    ["fails", () => Promise.reject(new Error("a fault was put in")), 500],
  ];
  test.each(faults)("%s", async (_what, fault, status) => {
    const broken = await open({ decode: fault as NonNullable<World["decode"]> });
    expect(await post("/all", "gzip", gzipSync(note(10)), {}, broken.port)).toMatchObject({ status });
    await broken.close();
    expect(seen).toEqual([]);
  });

  test("has none", async () => {
    const without = await open({});
    const { status, headers } = await post("/all", "gzip", gzipSync(note(10)), {}, without.port);
    expect([status, headers["accept-encoding"]]).toEqual([415, "identity"]);
    await without.close();
  });
});
