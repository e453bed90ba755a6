/** Compressed answers over sockets: unpacked by the libraries of the other side, byte for byte what the backend sent. */
import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type OpenGateway, openGateway } from "../../shaping/open-gateway.ts";

const TEXT = `
backend up = http { targets: [BACKEND] }
gateway g { listen 0, compress { with: [br, zstd, gzip], above: 1KiB } }
ANY "/{path: Rest}" -> up { public because "a test" }
GET "/personal" -> up { public because "a test", compress { personal: true } }
GET "/empty" -> up { public because "a test", compress { above: 0B } }
GET "/none" -> up { public because "a test", compress none }
GET "/own" { public because "a test", respond 200 "${"always the same, ".repeat(300)}" }
GET "/own/short" { public because "a test", respond 200 "short" }
GET "/own/refused" { public because "a test", deny when method == GET because "a test", respond 200 "${"nobody sees it".repeat(300)}" }
`;
const LARGE = Buffer.from(Array.from({ length: 30_000 }, (_, at) => `line ${at} ${at % 97}\n`).join(""));
const SMALL = Buffer.from("short");

let gateway: OpenGateway;
beforeAll(async () => {
  gateway = await openGateway(TEXT, (request, response) => {
    const url = new URL(request.url ?? "/", "http://a");
    const fields = Object.fromEntries(url.searchParams);
    if (url.pathname === "/broken") {
      response.writeHead(200, { "content-type": "text/plain", "content-length": LARGE.length });
      response.write(LARGE.subarray(0, LARGE.length / 2), () => response.destroy());
      return;
    }
    const body = url.pathname === "/small" ? SMALL : url.pathname === "/empty" ? Buffer.alloc(0) : LARGE;
    const status = Number(fields["status"] ?? 200);
    delete fields["status"];
    const length = url.pathname === "/chunked" ? {} : { "content-length": body.length };
    response.writeHead(status, { "content-type": "text/plain", etag: '"v1"', ...length, ...fields });
    response.end(body);
  });
});
afterAll(() => gateway.close());

type Got = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: Buffer; readonly isWhole: boolean };

function get(path: string, headers: Readonly<Record<string, string>> = {}, method = "GET"): Promise<Got> {
  return new Promise((resolve) => {
    const call = httpRequest({ port: gateway.port, host: "127.0.0.1", path, method, headers, agent: false }, (answer) => {
      const parts: Buffer[] = [];
      const done = (): void =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(parts), isWhole: answer.complete });
      answer.on("data", (part: Buffer) => parts.push(part)).on("end", done);
      answer.on("error", done);
    });
    // Broken before a byte had left.
    call.on("error", () => resolve({ status: 0, headers: {}, body: Buffer.alloc(0), isWhole: false }));
    call.end();
  });
}

const unpack = { br: brotliDecompressSync, gzip: gunzipSync, zstd: zstdDecompressSync } as const;

describe("is what the backend sent", () => {
  test.each(["br", "gzip", "zstd"] as const)("in %s, with a length and without", async (coding) => {
    for (const path of ["/large", "/chunked"]) {
      const { headers, body } = await get(path, { "accept-encoding": coding });
      expect(headers["content-encoding"]).toBe(coding);
      expect(headers["content-length"]).toBeUndefined();
      expect(headers.etag).toBe('W/"v1"');
      expect(headers.vary).toBe("Accept-Encoding");
      expect(body.length).toBeLessThan(LARGE.length / 3);
      expect(unpack[coding](body).equals(LARGE)).toBe(true);
    }
  });

  test("also where many ask at once: more than are compressed pass as they came", async () => {
    const all = await Promise.all(Array.from({ length: 100 }, () => get("/large", { "accept-encoding": "gzip" })));
    for (const { headers, body } of all) {
      const plain = headers["content-encoding"] === undefined ? body : gunzipSync(body);
      expect(plain.equals(LARGE)).toBe(true);
    }
  });
});

describe("of the gateway's own", () => {
  const taking = { "accept-encoding": "zstd, gzip" };

  test("is packed too, over and over, on connections that live on", async () => {
    for (let at = 0; at < 200; at++) {
      const { headers, body } = await get("/own", at % 2 === 0 ? taking : { "accept-encoding": "gzip" });
      expect(headers["content-encoding"]).toBe(at % 2 === 0 ? "zstd" : "gzip");
      expect([headers["content-length"], headers.vary]).toEqual([undefined, "Accept-Encoding"]);
      const text = (at % 2 === 0 ? zstdDecompressSync(body) : gunzipSync(body)).toString("utf8");
      expect(text).toBe("always the same, ".repeat(300));
    }
    await expect.poll(() => gateway.entries.at(-1)?.status).toBe(200);
  });

  test("is not where it is short, asked for by HEAD, or a refusal", async () => {
    const short = await get("/own/short", taking);
    expect([short.headers["content-encoding"], short.headers["content-length"], short.headers.vary]).toEqual([
      undefined,
      "5",
      "Accept-Encoding",
    ]);
    const head = await get("/own", taking, "HEAD");
    expect([head.headers["content-encoding"], head.headers["content-length"]]).toEqual([undefined, String(17 * 300)]);
    const refused = await get("/own/refused", taking);
    expect([refused.status, refused.headers["content-encoding"], refused.headers.vary]).toEqual([403, undefined, undefined]);
  });
});

test("an answer without a body takes no place of those that are packed at once", async () => {
  for (let at = 0; at < 70; at++) {
    const { status, headers } = await get("/empty", { "accept-encoding": "br" });
    expect([status, headers["content-encoding"], headers["content-length"]]).toEqual([200, undefined, "0"]);
  }
  expect((await get("/large", { "accept-encoding": "br" })).headers["content-encoding"]).toBe("br");
});

describe("passes as it came", () => {
  const taking = { "accept-encoding": "br" };
  const cases: readonly (readonly [what: string, path: string, headers: Readonly<Record<string, string>>])[] = [
    ["without Accept-Encoding", "/large", {}],
    ["where the client forbids it", "/large", { "accept-encoding": "br;q=0, gzip;q=0, zstd;q=0" }],
    ["a small body", "/small", taking],
    ["with a cookie", "/large", { "accept-encoding": "br", cookie: "session=1" }],
    ["with a token", "/large", { "accept-encoding": "br", authorization: "Bearer x" }],
    ["what sets a cookie", "/large?set-cookie=a%3Db", taking],
    ["what is not to be transformed", "/large?cache-control=no-transform", taking],
    ["what is packed already", "/large?content-encoding=identity", taking],
    ["an image", "/large?content-type=image/png", taking],
    ["a stream of events", "/large?content-type=text/event-stream", taking],
    ["a part", "/large?status=206&content-range=bytes%200-1/2", taking],
    ["where a nearer level says none", "/none", taking],
  ];
  test.each(cases)("%s", async (_what, path, headers) => {
    const answer = await get(path, headers);
    expect(["identity", undefined]).toContain(answer.headers["content-encoding"]);
    expect(answer.body.equals(path.startsWith("/small") ? SMALL : LARGE)).toBe(true);
    expect(answer.headers.etag).toBe('"v1"');
  });

  test("HEAD, with the length of what is not sent", async () => {
    const { headers, body } = await get("/large", { "accept-encoding": "br" }, "HEAD");
    expect(headers["content-encoding"]).toBeUndefined();
    expect(headers["content-length"]).toBe(String(LARGE.length));
    expect(body).toHaveLength(0);
  });
});

test("what is personal is compressed where the program says so", async () => {
  const { headers, body } = await get("/personal", { "accept-encoding": "br", cookie: "session=1" });
  expect(headers["content-encoding"]).toBe("br");
  expect(brotliDecompressSync(body).equals(LARGE)).toBe(true);
});

test("an answer that breaks off is not taken for whole", async () => {
  const { isWhole, body } = await get("/broken", { "accept-encoding": "gzip" });
  expect(isWhole).toBe(false);
  expect(() => gunzipSync(body)).toThrow();
});
