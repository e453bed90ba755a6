/** Answers that a gateway keeps, over sockets: who gets them, for how long, what many calls at once make of it, and what a change drops. */
import { request as httpRequest } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Answering, as, bodies, type CachedGateway, cachedGateway, isSame, says } from "./cached-gateway.ts";

const TEXT = `
gateway g { listen 0, accept Customer, limits { body: 64KiB } }
GET "/mine/{path: Rest}" -> up { allow, cache 30s { status: true } }
GET "/ours/{path: Rest}" -> up { allow, cache 30s by principal.tenant { status: true } }
GET "/all/{path: Rest}" -> up { allow when principal.tenant == "t1", cache 30s for everyone { refresh: anyone, status: true } }
GET "/open/{path: Rest}" -> up {
  public because "a test"
  cache 30s for everyone {
    stale_while_revalidate: 10s
    stale_if_error: 1m
    max_body: 64KiB
    refresh: anyone
    status: true
  }
}
GET "/quiet/{path: Rest}" -> up { public because "a test", cache 30s for everyone }
GET "/packed/{path: Rest}" -> up { public because "a test", cache 30s for everyone, compress { above: 10B } }
PUT "/open/{path: Rest}" -> up { public because "a test" }
POST "/mine/{path: Rest}" -> up { allow }
`;

let answering: Answering = () => {};
let count = 0;
let gateway: CachedGateway;

beforeAll(async () => {
  gateway = await cachedGateway(TEXT, (request, response) => answering(response, ++count, request.headers));
});
afterAll(() => gateway.close());
beforeEach(() => {
  answering = says({});
});

let fresh = 0;
const path = (first: string): string => `/${first}/p${++fresh}`;

describe("an answer goes to", () => {
  test("its caller, and to nobody else", async () => {
    const at = path("mine");
    const [ann, again, bob] = await bodies([
      () => gateway.get(at, as("ann")),
      () => gateway.get(at, as("ann")),
      () => gateway.get(at, as("bob")),
    ]);
    expect(again).toBe(ann);
    expect(bob).not.toBe(ann);
  });

  test("callers of whom the program says that they share it, where the backend agrees", async () => {
    const at = path("ours");
    const three = [() => gateway.get(at, as("ann")), () => gateway.get(at, as("bob")), () => gateway.get(at, as("eve"))];
    const [one, other] = await bodies(three);
    expect(other).not.toBe(one);
    answering = says({ "cache-control": "public, max-age=20" });
    const [ann, bob, eve] = await bodies(three);
    expect(bob).toBe(ann);
    expect(eve).not.toBe(ann);
  });

  test("nobody who would be refused", async () => {
    answering = says({ "cache-control": "public, max-age=20" });
    const at = path("all");
    const [ann, bob] = await bodies([() => gateway.get(at, as("ann")), () => gateway.get(at, as("bob"))]);
    expect(bob).toBe(ann);
    expect((await gateway.get(at, as("eve"))).status).toBe(403);
    expect((await gateway.get(at)).status).toBe(401);
  });

  test("nobody with another cookie, or at another host", async () => {
    const at = path("open");
    const all = await bodies([
      () => gateway.get(at),
      () => gateway.get(at, { cookie: "session=1" }),
      () => gateway.get(at, { cookie: "session=2" }),
      () => gateway.get(at, { host: "other.example" }),
      () => gateway.get(`${at}?a=1`),
    ]);
    expect(new Set(all).size).toBe(all.length);
    expect(isSame(await bodies([() => gateway.get(at), () => gateway.get(at)]))).toBe(true);
  });
});

describe("is never kept", () => {
  const open: readonly (readonly [what: string, fields: Readonly<Record<string, string>>, status?: number | undefined])[] = [
    ["what sets a cookie", { "set-cookie": "session=1", "cache-control": "public, max-age=20" }],
    ["no-store", { "cache-control": 'max-age=20, x="a, b", NO-STORE' }],
    ["private", { "cache-control": "private, max-age=20" }],
    ["private for one field", { "cache-control": 'private="x-a", max-age=20' }],
    ["what varies by everything", { vary: "Accept, *" }],
    ["a part", { "content-range": "bytes 0-1/2" }, 206],
    ["a refusal of the backend", { "cache-control": "max-age=20" }, 403],
    ["a failure", { "cache-control": "max-age=20" }, 500],
    ["what is over already", { "cache-control": "max-age=0" }],
    ["what was over long ago", { expires: "0" }],
    ["what is old when it comes", { age: "99" }],
    ["a redirection that says nothing", { location: "/" }, 302],
  ];
  test.each(open.map(([what, fields, status = 200]) => ({ what, fields, status })))("$what", async ({ fields, status }) => {
    answering = says(fields, status);
    const at = path("open");
    expect(isSame(await bodies([() => gateway.get(at), () => gateway.get(at)]))).toBe(false);
  });

  test("what the client does not want to be", async () => {
    const at = path("open");
    const [first] = await bodies([() => gateway.get(at, { "cache-control": "no-store" })]);
    const [second, third] = await bodies([() => gateway.get(at), () => gateway.get(at)]);
    expect(second).not.toBe(first);
    expect(third).toBe(second);
  });

  test("what breaks off", async () => {
    answering = (response, number) => {
      response.writeHead(200, { "content-length": 100 });
      response.write(`answer ${number}`, () => response.destroy());
    };
    const at = path("open");
    expect((await gateway.get(at)).status).toBe(502);
    answering = says({});
    expect((await gateway.get(at)).body).toMatch(/^answer \d+$/);
  });

  test("what belongs to a caller may be, where only that caller gets it", async () => {
    answering = says({ "cache-control": "private, max-age=20" });
    const at = path("mine");
    expect(isSame(await bodies([() => gateway.get(at, as("ann")), () => gateway.get(at, as("ann"))]))).toBe(true);
  });
});

describe("time", () => {
  test.each([
    ["what the program says", {}, 29_000, 2_000],
    ["what the answer says", { "cache-control": "max-age=5" }, 4_000, 2_000],
    ["what it says of shared caches", { "cache-control": "max-age=20, s-maxage=5" }, 4_000, 2_000],
    ["when it expires", { date: "Mon, 30 Nov 2099 10:00:00 GMT", expires: "Mon, 30 Nov 2099 10:00:10 GMT" }, 5_000, 6_000],
    ["no more than the program says", { "cache-control": "max-age=600" }, 29_000, 12_000],
  ] as const)("%s", async (_what, fields, before, after) => {
    answering = says({ ...fields, "cache-control": `${"cache-control" in fields ? `${fields["cache-control"]}, ` : ""}must-revalidate` });
    const at = path("open");
    const first = await gateway.get(at);
    gateway.pass(before);
    const second = await gateway.get(at);
    expect(second.body).toBe(first.body);
    expect(Number(second.headers.age)).toBeGreaterThanOrEqual(Math.floor(before / 1000));
    gateway.pass(after);
    expect((await gateway.get(at)).body).not.toBe(first.body);
  });

  test("stale answers are given while they are asked for anew, once", async () => {
    const at = path("open");
    const first = await gateway.get(at);
    gateway.pass(31_000);
    const asked = gateway.asked.length;
    answering = (response, number) => void setTimeout(() => response.end(`answer ${number}`), 300);
    const stale = await Promise.all(Array.from({ length: 8 }, () => gateway.get(at)));
    expect(new Set(stale.map(({ body }) => body))).toEqual(new Set([first.body]));
    expect(stale.every(({ headers }) => String(headers["cache-status"]).startsWith("gwl; hit; ttl=-"))).toBe(true);
    await expect.poll(() => gateway.get(at).then(({ body }) => body)).not.toBe(first.body);
    expect(gateway.asked.length).toBe(asked + 1);
  });

  test("stale answers stand in for a backend that fails, for as long as the program says", async () => {
    const at = path("open");
    const first = await gateway.get(at);
    answering = says({}, 503);
    gateway.pass(45_000);
    const second = await gateway.get(at);
    expect([second.status, second.body]).toEqual([200, first.body]);
    gateway.pass(50_000);
    expect((await gateway.get(at)).status).toBe(503);
  });

  test("not where the answer forbids it", async () => {
    answering = says({ "cache-control": "max-age=30, must-revalidate" });
    const at = path("open");
    await gateway.get(at);
    answering = says({}, 503);
    gateway.pass(35_000);
    expect((await gateway.get(at)).status).toBe(503);
  });
});

describe("many callers of one answer that is missing", () => {
  test("make one call", async () => {
    answering = (response, number) => void setTimeout(() => response.end(`answer ${number}`), 200);
    const at = path("quiet");
    const asked = gateway.asked.length;
    const all = await Promise.all(Array.from({ length: 50 }, () => gateway.get(at)));
    expect(new Set(all.map(({ body }) => body)).size).toBe(1);
    expect(gateway.asked.length).toBe(asked + 1);
    const done = (): readonly unknown[] => gateway.entries.filter(({ path: told }) => told === at).map(({ cache }) => cache);
    await expect.poll(() => done().length).toBe(50);
    expect(done().filter((one) => one === "miss").length).toBe(1);
    expect(done()).toContain("collapsed");
  });

  test("make their own where the answer is for one of them only", async () => {
    answering = (response, number) => void setTimeout(() => says({ "set-cookie": "a=b" })(response, number, {}), 100);
    const at = path("quiet");
    const all = await Promise.all(Array.from({ length: 10 }, () => gateway.get(at)));
    expect(new Set(all.map(({ body }) => body)).size).toBe(10);
  });

  test("do not get what went wrong with the first one", async () => {
    const before = count;
    answering = (response, number) => void setTimeout(() => says({}, number === before + 1 ? 500 : 200)(response, number, {}), 100);
    const at = path("quiet");
    const all = await Promise.all(Array.from({ length: 10 }, () => gateway.get(at)));
    expect(all.filter(({ status }) => status === 500).length).toBe(1);
    expect(all.filter(({ status }) => status === 200).length).toBe(9);
  });

  test("get their answer though the first one leaves", async () => {
    answering = (response, number) => void setTimeout(() => response.end(`answer ${number}`), 300);
    const at = path("quiet");
    const first = httpRequest({ port: gateway.port, host: "127.0.0.1", path: at, agent: false });
    first.on("error", () => {});
    first.end();
    const asked = gateway.asked.length;
    await expect.poll(() => gateway.asked.length).toBe(asked + 1);
    const others = Promise.all(Array.from({ length: 5 }, () => gateway.get(at)));
    setTimeout(() => first.destroy(), 50);
    expect(new Set((await others).map(({ body }) => body)).size).toBe(1);
    expect(gateway.asked.length).toBe(asked + 2);
  });
});

describe("a change", () => {
  test("drops what was kept of its path, whatever the query", async () => {
    const at = path("open");
    const [first, other] = await bodies([() => gateway.get(`${at}?a=1`), () => gateway.get(path("open"))]);
    answering = says({}, 204);
    expect((await gateway.get(at, {}, "PUT")).status).toBe(204);
    answering = says({});
    expect((await gateway.get(`${at}?a=1`)).body).not.toBe(first);
    expect(other).toBeDefined();
  });

  test("of one caller drops the answers of all", async () => {
    const at = path("mine");
    const [bob] = await bodies([() => gateway.get(at, as("bob"))]);
    await gateway.get(at, as("ann"), "POST");
    expect((await gateway.get(at, as("bob"))).body).not.toBe(bob);
  });

  test("that is refused drops nothing", async () => {
    const at = path("open");
    const [first] = await bodies([() => gateway.get(at)]);
    answering = says({}, 409);
    await gateway.get(at, {}, "PUT");
    expect((await gateway.get(at)).body).toBe(first);
  });

  test("makes what was asked before it come to nothing", async () => {
    const at = path("open");
    answering = (response, number) => void setTimeout(() => response.end(`answer ${number}`), 300);
    const slow = gateway.get(at);
    await expect.poll(() => gateway.asked.at(-1)?.url).toBe(at);
    answering = says({});
    await gateway.get(at, {}, "PUT");
    const before = (await slow).body;
    expect((await gateway.get(at)).body).not.toBe(before);
  });
});

describe("bodies", () => {
  const LARGE = Buffer.alloc(300_000, "x");
  test.each([
    ["with a length", { "content-length": String(LARGE.length) }],
    ["without", {}],
  ])("that are too large pass, %s", async (_what, fields) => {
    answering = (response) => void response.writeHead(200, fields).end(LARGE);
    const at = path("open");
    const asked = gateway.asked.length;
    for (let turn = 0; turn < 2; turn++) {
      const { body, headers } = await gateway.get(at);
      expect(body.length).toBe(LARGE.length);
      expect(headers["cache-status"]).toBe("gwl; fwd=uri-miss");
    }
    expect(gateway.asked.length).toBe(asked + 2);
  });

  test("are compressed for each client as it asks", async () => {
    answering = (response) => void response.writeHead(200, { "content-type": "text/plain", etag: '"v1"' }).end(LARGE.subarray(0, 50_000));
    const at = path("packed");
    const plain = await gateway.get(at);
    const packed = await gateway.get(at, { "accept-encoding": "gzip" });
    expect([plain.body.length, packed.headers["content-encoding"], packed.headers.etag]).toEqual([50_000, "gzip", 'W/"v1"']);
    expect(packed.body.length).toBeLessThan(1000);
    expect(gateway.entries.at(-1)?.cache).toBe("hit");
  });
});

test("what is not asked for the longest goes first, and no more is kept than fits", async () => {
  const small = await cachedGateway(
    TEXT,
    (_request, response) => {
      response.end(Buffer.alloc(10_000, String(++count)));
    },
    { mostBytes: 40_000 },
  );
  const first = (await small.get("/quiet/1")).body;
  await small.get("/quiet/2");
  await small.get("/quiet/3");
  expect((await small.get("/quiet/1")).body).toBe(first);
  await small.get("/quiet/4");
  await small.get("/quiet/1");
  expect(small.entries.at(-1)?.cache).toBe("hit");
  await small.get("/quiet/2");
  expect(small.entries.at(-1)?.cache).toBe("miss");
  await small.close();
});

test("nothing was logged as a fault", () => {
  expect(gateway.faults).toEqual([]);
});
