/** The example of a catalogue: what is kept for everyone, for a tenant and for one caller, asked about, given while the server is away, and dropped. */
import { expect, test } from "vitest";
import { until } from "../../cli/gwl.ts";
import { signToken } from "../../harness/tokens.ts";
import { type Answer, call } from "../shop/gateway-process.ts";
import { backendForAll, startedExample } from "./started-example.ts";

const KEY = "a key that is long enough for HS256";
const asked: string[] = [];
let count = 0;
let isAway = false;
const shelves = backendForAll((request, response) => {
  const [path = "", known] = [request.url, request.headers["if-none-match"]];
  asked.push(`${request.method ?? ""} ${path}`);
  request.resume();
  if (isAway) {
    response.writeHead(503).end();
    return;
  }
  const etag = `"${path}"`;
  const kept = {
    "/prices": "public, max-age=60",
    "/items/mu-1": "max-age=1",
    "/items/mu-2": "max-age=1, stale-while-revalidate=0",
  }[path];
  const fields = { etag, ...(kept === undefined ? {} : { "cache-control": kept }) };
  if (known === etag) response.writeHead(304, fields).end();
  else setTimeout(() => response.writeHead(200, fields).end(`answer ${++count}`), 100);
});
const example = startedExample("catalogue", () => ({ CATALOGUE_URL: shelves.url(), TOKEN_KEY: KEY }));

function token(sub: string, tenant: string, staff = false): string {
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: "https://login.shop.example", aud: "catalogue", sub, tenant, staff, iat: now, exp: now + 600 };
  return signToken({ algorithm: "HS256", claims, key: KEY });
}

const get = (path: string, caller?: string): Promise<Answer> =>
  call(example.port(), `GET ${path}`, caller === undefined ? {} : { token: caller });
const done = ({ headers }: Answer): unknown => headers["cache-status"];
const timesAsked = (what: string): number => asked.filter((one) => one === what).length;

test("an item is asked for once, however many want it", async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => get("/items/mu-7")));
  expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
  expect(timesAsked("GET /items/mu-7")).toBe(1);
  expect(done(await get("/items/mu-7", token("ann", "acme")))).toMatch(/^gwl; hit; ttl=(?:300|29\d)$/);
});

test("a tenant's people share its prices, whoever came first", async () => {
  const [ann, bob, eve] = [token("ann", "acme"), token("bob", "acme"), token("eve", "other")];
  const first = (await get("/prices", ann)).text;
  expect((await get("/prices", bob)).text).toBe(first);
  expect((await get("/prices", eve)).text).not.toBe(first);
  expect((await get("/prices")).status).toBe(401);
});

test("a caller's own things are kept for that caller", async () => {
  const [ann, bob] = [token("ann", "acme"), token("bob", "acme")];
  const first = (await get("/favourites", ann)).text;
  expect((await get("/favourites", ann)).text).toBe(first);
  expect((await get("/favourites", bob)).text).not.toBe(first);
});

test("what is no longer fresh is given at once, and asked about for the next one", async () => {
  const first = await get("/items/mu-1");
  await until(() => timesAsked("GET /items/mu-1") === 1);
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  expect((await get("/items/mu-1")).text).toBe(first.text);
  await until(() => timesAsked("GET /items/mu-1") === 2);
  expect((await get("/items/mu-1")).text).toBe(first.text);
});

test("while the server is away the last answer is given, where there is one", async () => {
  const first = await get("/items/mu-2");
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  isAway = true;
  const away = await get("/items/mu-2");
  expect([away.status, away.text]).toEqual([200, first.text]);
  expect((await get("/items/mu-3")).status).toBe(503);
  isAway = false;
});

test("a change drops what was kept, before who made it hears of it", async () => {
  const first = (await get("/items/mu-7")).text;
  expect((await call(example.port(), "PUT /items/mu-7", { token: token("ann", "acme", true), body: "new" })).status).toBe(200);
  const next = await get("/items/mu-7");
  expect(next.text).not.toBe(first);
  expect((await call(example.port(), "PUT /items/mu-7", { token: token("bob", "acme"), body: "new" })).status).toBe(403);
  expect((await get("/items/mu-7")).text).toBe(next.text);
});
