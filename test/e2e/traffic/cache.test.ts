/** Answers that a gateway keeps, over sockets: who gets them, for how long, what many calls at once make of it, and what a change drops. */
import { request as httpRequest } from "node:http";
import { describe, expect, test } from "vitest";
import { as, bodies, cachedGateway, isSame, says } from "./cached-gateway.ts";
import { oneGateway } from "./one-gateway.ts";

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

const here = oneGateway(TEXT);

describe("an answer goes to", () => {
  test("its caller, and to nobody else", async () => {
    const at = here.path("mine");
    const [ann, again, bob] = await bodies([
      () => here.gateway.get(at, as("ann")),
      () => here.gateway.get(at, as("ann")),
      () => here.gateway.get(at, as("bob")),
    ]);
    expect(again).toBe(ann);
    expect(bob).not.toBe(ann);
  });

  test("callers of whom the program says that they share it, where the backend agrees", async () => {
    const at = here.path("ours");
    const three = [() => here.gateway.get(at, as("ann")), () => here.gateway.get(at, as("bob")), () => here.gateway.get(at, as("eve"))];
    const [one, other] = await bodies(three);
    expect(other).not.toBe(one);
    here.answering = says({ "cache-control": "public, max-age=20" });
    const [ann, bob, eve] = await bodies(three);
    expect(bob).toBe(ann);
    expect(eve).not.toBe(ann);
  });

  test("nobody who would be refused", async () => {
    here.answering = says({ "cache-control": "public, max-age=20" });
    const at = here.path("all");
    const [ann, bob] = await bodies([() => here.gateway.get(at, as("ann")), () => here.gateway.get(at, as("bob"))]);
    expect(bob).toBe(ann);
    expect((await here.gateway.get(at, as("eve"))).status).toBe(403);
    expect((await here.gateway.get(at)).status).toBe(401);
  });

  test("nobody with another cookie, or at another host", async () => {
    const at = here.path("open");
    const all = await bodies([
      () => here.gateway.get(at),
      () => here.gateway.get(at, { cookie: "session=1" }),
      () => here.gateway.get(at, { cookie: "session=2" }),
      () => here.gateway.get(at, { host: "other.example" }),
      () => here.gateway.get(`${at}?a=1`),
    ]);
    expect(new Set(all).size).toBe(all.length);
    expect(isSame(await bodies([() => here.gateway.get(at), () => here.gateway.get(at)]))).toBe(true);
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
    here.answering = says(fields, status);
    const at = here.path("open");
    expect(isSame(await bodies([() => here.gateway.get(at), () => here.gateway.get(at)]))).toBe(false);
  });

  test("what the client does not want to be", async () => {
    const at = here.path("open");
    const [first] = await bodies([() => here.gateway.get(at, { "cache-control": "no-store" })]);
    const [second, third] = await bodies([() => here.gateway.get(at), () => here.gateway.get(at)]);
    expect(second).not.toBe(first);
    expect(third).toBe(second);
  });

  test("what breaks off", async () => {
    here.answering = (response, number) => {
      response.writeHead(200, { "content-length": 100 });
      response.write(`answer ${number}`, () => response.destroy());
    };
    const at = here.path("open");
    expect((await here.gateway.get(at)).status).toBe(502);
    here.answering = says({});
    expect((await here.gateway.get(at)).body).toMatch(/^answer \d+$/);
  });

  test("what belongs to a caller may be, where only that caller gets it", async () => {
    here.answering = says({ "cache-control": "private, max-age=20" });
    const at = here.path("mine");
    expect(isSame(await bodies([() => here.gateway.get(at, as("ann")), () => here.gateway.get(at, as("ann"))]))).toBe(true);
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
    here.answering = says({
      ...fields,
      "cache-control": `${"cache-control" in fields ? `${fields["cache-control"]}, ` : ""}must-revalidate`,
    });
    const at = here.path("open");
    const first = await here.gateway.get(at);
    here.gateway.pass(before);
    const second = await here.gateway.get(at);
    expect(second.body).toBe(first.body);
    expect(Number(second.headers.age)).toBeGreaterThanOrEqual(Math.floor(before / 1000));
    here.gateway.pass(after);
    expect((await here.gateway.get(at)).body).not.toBe(first.body);
  });

  test("stale answers are given while they are asked for anew, once", async () => {
    const at = here.path("open");
    const first = await here.gateway.get(at);
    here.gateway.pass(31_000);
    const asked = here.gateway.asked.length;
    here.answering = (response, number) => void setTimeout(() => response.end(`answer ${number}`), 300);
    const stale = await Promise.all(Array.from({ length: 8 }, () => here.gateway.get(at)));
    expect(new Set(stale.map(({ body }) => body))).toEqual(new Set([first.body]));
    expect(stale.every(({ headers }) => String(headers["cache-status"]).startsWith("gwl; hit; ttl=-"))).toBe(true);
    await expect.poll(() => here.gateway.get(at).then(({ body }) => body)).not.toBe(first.body);
    expect(here.gateway.asked.length).toBe(asked + 1);
  });

  test("stale answers stand in for a backend that fails, for as long as the program says", async () => {
    const at = here.path("open");
    const first = await here.gateway.get(at);
    here.answering = says({}, 503);
    here.gateway.pass(45_000);
    const second = await here.gateway.get(at);
    expect([second.status, second.body]).toEqual([200, first.body]);
    here.gateway.pass(50_000);
    expect((await here.gateway.get(at)).status).toBe(503);
  });

  test("not where the answer forbids it", async () => {
    here.answering = says({ "cache-control": "max-age=30, must-revalidate" });
    const at = here.path("open");
    await here.gateway.get(at);
    here.answering = says({}, 503);
    here.gateway.pass(35_000);
    expect((await here.gateway.get(at)).status).toBe(503);
  });
});

describe("many callers of one answer that is missing", () => {
  test("make one call", async () => {
    here.answering = (response, number) => void setTimeout(() => response.end(`answer ${number}`), 200);
    const at = here.path("quiet");
    const asked = here.gateway.asked.length;
    const all = await Promise.all(Array.from({ length: 50 }, () => here.gateway.get(at)));
    expect(new Set(all.map(({ body }) => body)).size).toBe(1);
    expect(here.gateway.asked.length).toBe(asked + 1);
    const done = (): readonly unknown[] => here.gateway.entries.filter(({ path: told }) => told === at).map(({ cache }) => cache);
    await expect.poll(() => done().length).toBe(50);
    expect(done().filter((one) => one === "miss").length).toBe(1);
    expect(done()).toContain("collapsed");
  });

  test("make their own where the answer is for one of them only", async () => {
    here.answering = (response, number) => void setTimeout(() => says({ "set-cookie": "a=b" })(response, number, {}), 100);
    const at = here.path("quiet");
    const all = await Promise.all(Array.from({ length: 10 }, () => here.gateway.get(at)));
    expect(new Set(all.map(({ body }) => body)).size).toBe(10);
  });

  test("do not get what went wrong with the first one", async () => {
    const before = here.answered;
    here.answering = (response, number) => void setTimeout(() => says({}, number === before + 1 ? 500 : 200)(response, number, {}), 100);
    const at = here.path("quiet");
    const all = await Promise.all(Array.from({ length: 10 }, () => here.gateway.get(at)));
    expect(all.filter(({ status }) => status === 500).length).toBe(1);
    expect(all.filter(({ status }) => status === 200).length).toBe(9);
  });

  test("get their answer though the first one leaves", async () => {
    here.answering = (response, number) => void setTimeout(() => response.end(`answer ${number}`), 300);
    const at = here.path("quiet");
    const first = httpRequest({ port: here.gateway.port, host: "127.0.0.1", path: at, agent: false });
    first.on("error", () => {});
    first.end();
    const asked = here.gateway.asked.length;
    await expect.poll(() => here.gateway.asked.length).toBe(asked + 1);
    const others = Promise.all(Array.from({ length: 5 }, () => here.gateway.get(at)));
    setTimeout(() => first.destroy(), 50);
    expect(new Set((await others).map(({ body }) => body)).size).toBe(1);
    expect(here.gateway.asked.length).toBe(asked + 2);
  });
});

describe("a change", () => {
  test("drops what was kept of its path, whatever the query", async () => {
    const at = here.path("open");
    const [first, other] = await bodies([() => here.gateway.get(`${at}?a=1`), () => here.gateway.get(here.path("open"))]);
    here.answering = says({}, 204);
    expect((await here.gateway.get(at, {}, "PUT")).status).toBe(204);
    here.answering = says({});
    expect((await here.gateway.get(`${at}?a=1`)).body).not.toBe(first);
    expect(other).toBeDefined();
  });

  test("of one caller drops the answers of all", async () => {
    const at = here.path("mine");
    const [bob] = await bodies([() => here.gateway.get(at, as("bob"))]);
    await here.gateway.get(at, as("ann"), "POST");
    expect((await here.gateway.get(at, as("bob"))).body).not.toBe(bob);
  });

  test("that is refused drops nothing", async () => {
    const at = here.path("open");
    const [first] = await bodies([() => here.gateway.get(at)]);
    here.answering = says({}, 409);
    await here.gateway.get(at, {}, "PUT");
    expect((await here.gateway.get(at)).body).toBe(first);
  });

  test("makes what was asked before it come to nothing", async () => {
    const at = here.path("open");
    here.answering = (response, number) => void setTimeout(() => response.end(`answer ${number}`), 300);
    const slow = here.gateway.get(at);
    await expect.poll(() => here.gateway.asked.at(-1)?.url).toBe(at);
    here.answering = says({});
    await here.gateway.get(at, {}, "PUT");
    const before = (await slow).body;
    expect((await here.gateway.get(at)).body).not.toBe(before);
  });
});

describe("bodies", () => {
  const LARGE = Buffer.alloc(300_000, "x");
  test.each([
    ["with a length", { "content-length": String(LARGE.length) }],
    ["without", {}],
  ])("that are too large pass, %s", async (_what, fields) => {
    here.answering = (response) => void response.writeHead(200, fields).end(LARGE);
    const at = here.path("open");
    const asked = here.gateway.asked.length;
    for (let turn = 0; turn < 2; turn++) {
      const { body, headers } = await here.gateway.get(at);
      expect(body.length).toBe(LARGE.length);
      expect(headers["cache-status"]).toBe("gwl; fwd=uri-miss");
    }
    expect(here.gateway.asked.length).toBe(asked + 2);
  });

  test("are compressed for each client as it asks", async () => {
    here.answering = (response) =>
      void response.writeHead(200, { "content-type": "text/plain", etag: '"v1"' }).end(LARGE.subarray(0, 50_000));
    const at = here.path("packed");
    const plain = await here.gateway.get(at);
    const packed = await here.gateway.get(at, { "accept-encoding": "gzip" });
    expect([plain.body.length, packed.headers["content-encoding"], packed.headers.etag]).toEqual([50_000, "gzip", 'W/"v1"']);
    expect(packed.body.length).toBeLessThan(1000);
    expect(here.gateway.entries.at(-1)?.cache).toBe("hit");
  });
});

test("what is not asked for the longest goes first, and no more is kept than fits", async () => {
  let count = 0;
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
  expect(here.gateway.faults).toEqual([]);
});
