/** Answers of several backends, over sockets: asked at once, together or not at all, and whoever leaves takes all calls along. */
import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import { brotliDecompressSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { exchangeRaw } from "../../runtime/hosts/raw-client.ts";
import { type OpenGateway, openGateway } from "../../shaping/open-gateway.ts";

const TEXT = `
type Customer = { name: String max 2000, city: String? }
type Order = { number: String, total: Int 1..999 }
backend customers = http { targets: [BACKEND], timeout: 600ms }
backend orders = http { targets: [BACKEND], timeout: 600ms, retry 1 on [503] when idempotent }
backend tips = http { targets: [BACKEND], timeout: 300ms }
backend away = http { targets: [NOWHERE] }
gateway g { listen 0, compress { with: [br], above: 10B }, answer bad_gateway { body: { error: "not now" } } }
GET "/home/{id}" {
  public because "a test"
  compose {
    customer: GET "/customers/{id}" -> customers returns Customer within 1KiB
    orders: GET "/orders" query { of: params.id, page: query("page") } -> orders returns List<Order> within 1KiB optional on [404]
    tips: GET "/tips" -> tips returns { text: String } optional
  }
  set response header "Cache-Control" = "no-store"
}
GET "/mapped/{id}" {
  public because "a test"
  compose {
    customer: GET "/customers/{id}" -> customers returns Customer
    orders: GET "/orders" -> orders returns List<Order> optional
  }
  map response body { name: response.body.customer.name, numbers: (response.body.orders ?? []).map(one: one.number) }
}
GET "/large" {
  public because "a test"
  compose { tips: GET "/tips" -> tips returns { text: String } within 100B }
  map response body { a: [${Array.from({ length: 10 }, () => 'header("X-A") ?? ""').join(", ")}] }
}
GET "/away" {
  public because "a test"
  compose { customer: GET "/customers/7" -> customers returns Customer, gone: GET "/gone" -> away returns Customer }
}
GET "/decided/{id}" {
  public because "a test"
  answer decided_by_part { headers { "X-Who": "us" } }
  compose {
    customer: GET "/customers/{id}" -> customers returns Customer within 1KiB decides on [404, 410, 429]
    orders: GET "/orders" -> orders returns List<Order> optional
    tips: GET "/tips" -> tips returns { text: String }
  }
}
GET "/without" {
  public because "a test"
  compose { customer: GET "/customers/7" -> customers returns Customer, gone: GET "/gone" -> away returns Customer optional }
}
`;

type Said = {
  readonly status?: number;
  readonly body?: string;
  readonly after?: number;
  readonly how?: "silent" | "stalls" | "breaks";
  readonly type?: string;
};
const USUAL: Readonly<Record<string, Said>> = {
  customers: { body: '{ "name": "Ada", "city": "London" }' },
  orders: { body: '[{"total": 3, "number": "o1"}]' },
  tips: { body: '{"text":"rest"}' },
};
type Asked = { readonly method: string; readonly url: string; readonly headers: IncomingHttpHeaders; readonly at: number; closed?: number };

let gateway: OpenGateway;
let said: Record<string, Said> = {};
let asked: Asked[] = [];
beforeEach(() => {
  said = {};
  asked = [];
});
beforeAll(async () => {
  gateway = await openGateway(TEXT, (request, response) => {
    const call: Asked = { method: request.method ?? "", url: request.url ?? "", headers: request.headers, at: performance.now() };
    asked.push(call);
    response.on("close", () => (call.closed = response.writableFinished ? 0 : performance.now()));
    const name = call.url.slice(1).split(/[/?]/)[0] ?? "";
    const { after = 0, ...how } = { ...USUAL[name], ...said[name] };
    setTimeout(() => answer(response, how), after);
  });
});
afterAll(() => gateway.close());

function answer(response: ServerResponse, { status = 200, body = "", how, type = "application/json" }: Said): void {
  if (how === "silent") return;
  response.writeHead(status, { "content-type": type, etag: '"v1"', "set-cookie": "a=b" });
  if (how === undefined) return void response.end(body);
  response.write(body.slice(0, 8), () => (how === "stalls" ? undefined : response.destroy()));
}

type Got = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: Buffer; readonly time: number };
type Sent = { readonly method?: string; readonly headers?: Record<string, string>; readonly body?: string };

function get(path: string, { method = "GET", headers = {}, body }: Sent = {}): Promise<Got> {
  const begun = performance.now();
  return new Promise((resolve, reject) => {
    const call = httpRequest({ port: gateway.port, host: "127.0.0.1", path, method, headers, agent: false }, (got: IncomingMessage) => {
      const parts: Buffer[] = [];
      got.on("data", (part: Buffer) => parts.push(part));
      got.on("end", () =>
        resolve({ status: got.statusCode ?? 0, headers: got.headers, body: Buffer.concat(parts), time: performance.now() - begun }),
      );
      got.on("error", reject);
    });
    call.on("error", reject);
    call.end(body);
  });
}

const text = ({ body }: Got): string => body.toString("utf8");
const entry = (): OpenGateway["entries"][number] | undefined => gateway.entries.at(-1);
/** The line of the log comes behind the answer. */
async function logged(count: number): Promise<void> {
  for (let tries = 0; gateway.entries.length < count && tries < 200; tries++) await new Promise((tell) => setTimeout(tell, 10));
}

describe("what comes together", () => {
  test("is a record of the parts in one form, and nothing else of their answers", async () => {
    const got = await get("/home/7");
    expect([got.status, text(got)]).toEqual([
      200,
      '{"customer":{"city":"London","name":"Ada"},"orders":[{"number":"o1","total":3}],"tips":{"text":"rest"}}',
    ]);
    expect(got.headers).toMatchObject({
      "content-type": "application/json",
      "content-length": String(got.body.length),
      "cache-control": "no-store",
    });
    expect([got.headers.etag, got.headers["set-cookie"]]).toEqual([undefined, undefined]);
  });

  test("is mapped", async () => {
    expect(text(await get("/mapped/7"))).toBe('{"name":"Ada","numbers":["o1"]}');
    said = { orders: { status: 500 } };
    expect(text(await get("/mapped/7"))).toBe('{"name":"Ada","numbers":[]}');
  });

  test("is asked for at once: three answers of 250 ms take less than two of them", async () => {
    said = { customers: { after: 250 }, orders: { after: 250 }, tips: { after: 250 } };
    const { status, time } = await get("/home/7");
    expect(status).toBe(200);
    expect(time).toBeGreaterThanOrEqual(249);
    expect(time).toBeLessThan(490);
    const starts = asked.map(({ at }) => at);
    expect(Math.max(...starts) - Math.min(...starts)).toBeLessThan(150);
  });

  test("is compressed for clients that take it, and a head alone for HEAD", async () => {
    const packed = await get("/home/7", { headers: { "accept-encoding": "br" } });
    expect(packed.headers["content-encoding"]).toBe("br");
    const whole = brotliDecompressSync(packed.body).toString("utf8");
    expect(whole).toContain('"name":"Ada"');
    const head = await get("/home/7", { method: "HEAD" });
    expect([head.status, head.headers["content-length"], head.body.length]).toEqual([200, String(whole.length), 0]);
    expect(asked.every(({ method }) => method === "GET")).toBe(true);
  });

  test("is told in the log by its parts", async () => {
    const before = gateway.entries.length;
    await get("/home/7");
    await logged(before + 1);
    const parts = [
      { name: "customer", backend: "customers", status: 200 },
      { name: "orders", backend: "orders", status: 200 },
      { name: "tips", backend: "tips", status: 200 },
    ];
    expect(entry()).toMatchObject({ status: 200, route: "GET /home/{id}", parts });
  });
});

describe("what backends are asked", () => {
  test("what the program says, whatever is in the values", async () => {
    await get("/home/a%20b%26c?page=%23x%26of%3D8%2F..&other=1", { headers: { "if-none-match": '"v1"', range: "bytes=0-1", "x-a": "1" } });
    expect(asked.map(({ url }) => url).sort()).toEqual(["/customers/a%20b%26c", "/orders?of=a%20b%26c&page=%23x%26of%3D8%2F..", "/tips"]);
    for (const { headers } of asked) {
      expect(headers).toMatchObject({ "accept-encoding": "identity", "x-a": "1", "x-forwarded-for": "127.0.0.1" });
      expect([headers["if-none-match"], headers.range]).toEqual([undefined, undefined]);
    }
  });

  test("nothing of a body that came", async () => {
    const { status } = await get("/home/7", { headers: { "content-type": "text/plain" }, body: "x".repeat(100_000) });
    expect(status).toBe(200);
    expect(asked.map(({ headers }) => [headers["content-type"], headers["content-length"], headers["transfer-encoding"]])).toEqual(
      asked.map(() => [undefined, undefined, undefined]),
    );
  });

  test("once more where their backend says so", async () => {
    said = { orders: { status: 503 } };
    expect((await get("/home/7")).status).toBe(502);
    expect(asked.filter(({ url }) => url.startsWith("/orders"))).toHaveLength(2);
  });
});

describe("a part that is needed and fails", () => {
  const cases: readonly (readonly [what: string, said: Said, status: number, fault: string, misfit: string | undefined])[] = [
    ["an error", { status: 500, body: "geheim" }, 502, "bad-gateway", "customer: was answered with 500"],
    ["no success", { status: 404, body: "geheim" }, 502, "bad-gateway", "customer: was answered with 404"],
    ["another place", { status: 302 }, 502, "bad-gateway", "customer: was answered with 302"],
    ["nothing to read", { status: 204 }, 502, "invalid-answer", "customer: the body not a JSON text"],
    ["no JSON", { body: "<p>geheim</p>" }, 502, "invalid-answer", "customer: the body not a JSON text"],
    ["another media type", { type: "text/html" }, 502, "invalid-answer", "customer: the body is no JSON by its media type"],
    ["a wrong type", { body: '{"name":7}' }, 502, "invalid-answer", "customer: /name must be a text with at most 2000 characters"],
    [
      "a member too many",
      { body: '{"name":"a","geheim":1}' },
      502,
      "invalid-answer",
      "customer: the body has a member that is not declared",
    ],
    ["too large", { body: `{"name":"${"x".repeat(1100)}"}` }, 502, "invalid-answer", "customer: the body is larger than 1024 bytes"],
    ["no answer", { how: "silent" }, 504, "backend-timeout", undefined],
    ["half an answer", { how: "breaks" }, 502, "bad-gateway", undefined],
    ["an answer that stands still", { how: "stalls" }, 504, "backend-timeout", undefined],
  ];
  test.each(cases)("%s", async (_what, customers, status, fault, misfit) => {
    said = { customers };
    const before = gateway.entries.length;
    const got = await get("/home/7");
    await logged(before + 1);
    expect(got.status).toBe(status);
    expect(text(got)).not.toMatch(/geheim|customer/);
    expect(entry()).toMatchObject({ status, fault, parts: [{ name: "customer", fault }, {}, {}] });
    expect(entry()?.misfit).toBe(misfit);
  });

  test("is answered as the program wants such refusals", async () => {
    said = { customers: { status: 500 } };
    expect(text(await get("/home/7"))).toBe('{"error":"not now"}');
  });

  test("does not let the client wait for the others, which are broken off", async () => {
    said = { customers: { status: 500 }, orders: { how: "silent" }, tips: { after: 250 } };
    const before = gateway.entries.length;
    const { status, time } = await get("/home/7");
    await logged(before + 1);
    expect(status).toBe(502);
    expect(time).toBeLessThan(240);
    await expect.poll(() => asked.every(({ closed }) => closed !== undefined)).toBe(true);
    expect(asked.filter(({ closed }) => closed !== undefined && closed > 0)).toHaveLength(2);
    expect(entry()?.parts?.map(({ fault }) => fault)).toEqual(["bad-gateway", "broken-off", "broken-off"]);
  });

  test("nobody there", async () => {
    expect((await get("/away")).status).toBe(502);
  });

  test("what comes together is larger than it may be", async () => {
    const before = gateway.entries.length;
    const got = await get("/large", { headers: { "x-a": "x".repeat(7_000) } });
    await logged(before + 1);
    expect(got.status).toBe(502);
    expect(entry()).toMatchObject({ fault: "invalid-answer", misfit: "all parts together come to too much" });
    expect((await get("/large", { headers: { "x-a": "x" } })).status).toBe(200);
  });
});

describe("a part that may be absent", () => {
  test.each([
    ["an error", { status: 500 }, "bad-gateway"],
    ["a wrong type", { body: "[]" }, "invalid-answer"],
    ["no answer", { how: "silent" }, "backend-timeout"],
    ["half an answer", { how: "breaks" }, "bad-gateway"],
  ] as const)("however it fails: %s", async (_what, tips, fault) => {
    said = { tips };
    const before = gateway.entries.length;
    const got = await get("/home/7");
    await logged(before + 1);
    expect(text(got)).toBe('{"customer":{"city":"London","name":"Ada"},"orders":[{"number":"o1","total":3}]}');
    expect(entry()?.fault).toBeUndefined();
    expect(entry()?.parts?.[2]).toMatchObject({ name: "tips", fault });
  });

  test("where its backend says so by a status", async () => {
    said = { orders: { status: 404, body: "x".repeat(2_000) } };
    expect(text(await get("/home/7"))).toBe('{"customer":{"city":"London","name":"Ada"},"tips":{"text":"rest"}}');
    said = { orders: { status: 410 } };
    expect((await get("/home/7")).status).toBe(502);
  });

  test("nobody there", async () => {
    expect(text(await get("/without"))).toBe('{"customer":{"city":"London","name":"Ada"}}');
  });
});

describe("a part that decides", () => {
  test.each([404, 410, 429])("is the answer where its backend says %i: its status, and nothing else of it", async (status) => {
    said = { customers: { status, body: "geheim" }, orders: { how: "silent" }, tips: { how: "silent" } };
    const before = gateway.entries.length;
    const got = await get("/decided/7");
    await logged(before + 1);
    expect([got.status, got.headers["content-type"], got.headers["x-who"], got.headers["cache-control"]]).toEqual([
      status,
      "application/problem+json",
      "us",
      "no-store",
    ]);
    expect(JSON.parse(text(got))).toEqual({ type: "urn:gwl:refusal:decided-by-part", title: "Decided by a part of the answer", status });
    expect(got.time).toBeLessThan(240);
    await expect.poll(() => asked.filter(({ closed }) => closed !== undefined && closed > 0).length).toBe(2);
    expect(entry()).toMatchObject({ status, effect: "allow", parts: [{ name: "customer", status }, { fault: "broken-off" }, {}] });
    expect([entry()?.fault, entry()?.misfit, entry()?.parts?.[0]?.fault]).toEqual([undefined, undefined, undefined]);
  });

  test("is a head alone for HEAD, by the bytes: clients throw away what else would come", async () => {
    said = { customers: { status: 404, body: "geheim" } };
    const text = await exchangeRaw(gateway.port, "HEAD /decided/7 HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
    expect(text).toMatch(/^HTTP\/1\.1 404 (?:[^\r]+\r\n)+\r\n$/);
  });

  test("fails as any other where its backend says something else", async () => {
    for (const status of [400, 500, 302]) {
      said = { customers: { status, body: "geheim" } };
      expect((await get("/decided/7")).status).toBe(502);
    }
    said = { tips: { status: 404 } };
    expect((await get("/decided/7")).status).toBe(502);
    said = {};
    expect((await get("/decided/7")).status).toBe(200);
  });
});

describe("a client that leaves", () => {
  test("takes all calls along", async () => {
    said = { customers: { how: "silent" }, orders: { how: "stalls" }, tips: { how: "silent" } };
    const before = gateway.entries.length;
    const call = httpRequest({ port: gateway.port, host: "127.0.0.1", path: "/home/7", agent: false });
    call.on("error", () => {});
    call.end();
    await expect.poll(() => asked.length).toBe(3);
    const left = performance.now();
    call.destroy();
    await logged(before + 1);
    await expect.poll(() => asked.every(({ closed }) => closed !== undefined && closed > 0)).toBe(true);
    expect(performance.now() - left).toBeLessThan(280);
    expect(entry()).toMatchObject({ status: 0, cut: true });
    expect(entry()?.parts?.map(({ fault }) => fault)).toEqual(["broken-off", "broken-off", "broken-off"]);
  });

  test("and the next one is answered", async () => {
    expect((await get("/home/7")).status).toBe(200);
    expect(gateway.faults).toEqual([]);
  });
});
