/** Answers that are read, over sockets: what fits passes byte for byte, what does not is 502, and a server that misbehaves while it answers harms nobody. */
import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { brotliDecompressSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type OpenGateway, openGateway } from "../../shaping/open-gateway.ts";

const TEXT = `
type Order = { id: String max 20, lines: List<{ sku: String, qty: Int 1..9 }>, tags: Map<Int>? }
backend up = http { targets: [BACKEND], timeout: 400ms }
backend away = http { targets: [NOWHERE] }
gateway g { listen 0, compress { with: [br], above: 10B } }
GET "/checked" -> up { public because "a test", returns Order within 2KiB, returns 404 { why: String } }
GET "/mapped" -> up {
  public because "a test"
  returns Order within 2KiB
  map response body { number: response.body.id, count: response.body.lines.size, skus: response.body.lines.map(line: line.sku) }
}
GET "/away" -> away { public because "a test", returns Order }
`;
const GOOD = '{ "lines": [{"qty": 2, "sku": "geheim"}],\n "id": "o1" }';

type Answer = {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  readonly how?: "slow" | "broken" | "short";
};
let gateway: OpenGateway;
let next: Answer = {};
let asked: IncomingHttpHeaders = {};
beforeAll(async () => {
  gateway = await openGateway(TEXT, (request, response) => {
    asked = request.headers;
    const { status = 200, headers = {}, body = GOOD, how } = next;
    const length = how === "short" ? { "content-length": String(body.length + 5) } : {};
    response.writeHead(status, { "content-type": "application/json", etag: '"v1"', ...length, ...headers });
    if (how === undefined) return void response.end(body);
    response.write(body.slice(0, 20), () => (how === "slow" ? undefined : response.destroy()));
  });
});
afterAll(() => gateway.close());

type Got = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: Buffer };

function get(
  path: string,
  answer: Answer,
  { method = "GET", headers = {} }: { method?: string; headers?: Record<string, string> } = {},
): Promise<Got> {
  next = answer;
  return new Promise((resolve, reject) => {
    const call = httpRequest({ port: gateway.port, host: "127.0.0.1", path, method, headers, agent: false }, (got) => {
      const parts: Buffer[] = [];
      got.on("data", (part: Buffer) => parts.push(part));
      got.on("end", () => resolve({ status: got.statusCode ?? 0, headers: got.headers, body: Buffer.concat(parts) }));
      got.on("error", reject);
    });
    call.on("error", reject);
    call.end();
  });
}

describe("what fits", () => {
  test("passes byte for byte with its fields", async () => {
    const { status, headers, body } = await get("/checked", {}, { headers: { range: "bytes=0-1" } });
    expect([status, body.toString("utf8"), headers.etag]).toEqual([200, GOOD, '"v1"']);
    expect(asked["accept-encoding"]).toBe("identity");
    expect(asked.range).toBeUndefined();
  });

  test("is compressed for clients that take it", async () => {
    const { headers, body } = await get("/checked", {}, { headers: { "accept-encoding": "br" } });
    expect(headers["content-encoding"]).toBe("br");
    expect(brotliDecompressSync(body).toString("utf8")).toBe(GOOD);
  });

  test("is mapped, with a length and without the old text's tag", async () => {
    const { status, headers, body } = await get("/mapped", { status: 201 });
    expect([status, body.toString("utf8")]).toEqual([201, '{"count":1,"number":"o1","skus":["geheim"]}']);
    expect(headers["content-length"]).toBe(String(body.length));
    expect(headers["content-type"]).toBe("application/json");
    expect(headers.etag).toBeUndefined();
  });

  test("has no body: HEAD, 204 and 304 pass", async () => {
    expect((await get("/checked", { status: 204, body: "" })).status).toBe(204);
    expect((await get("/checked", { status: 304, body: "" })).status).toBe(304);
    const head = await get("/mapped", {}, { method: "HEAD" });
    expect([head.status, head.headers["content-length"], head.headers.etag]).toEqual([200, undefined, undefined]);
  });

  test("has a status of which nothing is said", async () => {
    const { status, body } = await get("/checked", { status: 500, body: "oops", headers: { "content-type": "text/plain" } });
    expect([status, body.toString("utf8")]).toEqual([500, "oops"]);
  });
});

describe("what does not fit is 502, and the log says where, without a value", () => {
  const cases: readonly (readonly [what: string, answer: Answer, misfit: string])[] = [
    ["no JSON", { body: "<p>geheim</p>" }, "the body not a JSON text"],
    ["cut JSON", { body: '{"id":"geheim"' }, "the body not a JSON text"],
    ["a name twice", { body: '{"id":"a","id":"geheim","lines":[]}' }, "the body a member occurs twice"],
    ["another media type", { headers: { "content-type": "text/html" } }, "the body is no JSON by its media type"],
    ["packed", { headers: { "content-encoding": "gzip" } }, "the body is encoded"],
    ["too large", { body: `{"id":"${"x".repeat(3000)}","lines":[]}` }, "the body is larger than 2048 bytes"],
    [
      "a wrong type",
      { body: '{"id":"a","lines":[{"sku":"geheim","qty":"geheim"}]}' },
      "/lines/0/qty must be a whole number from 1 up to 9",
    ],
    ["a member too many", { body: '{"id":"a","lines":[{"sku":"a","qty":1,"geheim":1}]}' }, "/lines/0 has a member that is not declared"],
    ["a wrong value under a key", { body: '{"id":"a","lines":[],"tags":{"geheim":"geheim"}}' }, "/tags/* must be a whole number"],
    ["a wrong error", { status: 404, body: '{"why":7}' }, "/why must be a text"],
  ];
  test.each(cases)("%s", async (_what, answer, misfit) => {
    const got = await get("/checked", answer);
    expect(got.status).toBe(502);
    expect(JSON.parse(got.body.toString("utf8"))).toMatchObject({ type: "urn:gwl:refusal:invalid-answer", status: 502 });
    expect(got.body.toString("utf8")).not.toContain("geheim");
    expect(gateway.entries.at(-1)).toMatchObject({ fault: "invalid-answer", status: 502, misfit });
    expect(JSON.stringify(gateway.entries.at(-1))).not.toContain("geheim");
  });
});

describe("servers that fail while they answer", () => {
  test.each([
    ["slow", 504],
    ["broken", 502],
    ["short", 502],
  ] as const)("%s: %i, and nothing of the answer has left", async (how, status) => {
    const got = await get("/checked", { how });
    expect(got.status).toBe(status);
    expect(got.headers["content-type"]).toBe("application/problem+json");
    expect(gateway.entries.at(-1)?.misfit).toBeUndefined();
  });

  test("nobody there", async () => {
    expect((await get("/away", {})).status).toBe(502);
  });

  test("and the next call is answered", async () => {
    expect((await get("/checked", {})).body.toString("utf8")).toBe(GOOD);
    expect(gateway.faults).toEqual([]);
  });
});
