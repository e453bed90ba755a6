/** The shop's gateway decides: each API's calls, tokens and bodies, as `node server.js` answers them over sockets. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Answer, type Call, logOf } from "./gateway-process.ts";
import { partner, scannerToken } from "./parties.ts";
import { OFFICE, PARTNER_CLOUD, problem, runningShop, scanner, stock, VPN } from "./running-shop.ts";
import { SHOP } from "./shop.ts";

const shop = runningShop();
const ORDER = "/orders/ord_0123456789ab";
const support = (): string => shop().customer({ "cognito:groups": ["support"], mfa: true });
const newOrder = (amount = 100): object => ({ lines: [{ sku: "AB-1", qty: 1 }], pay: { amount, currency: "EUR" } });

/** What stands at a place that the log names. */
function sourceLine(place: string): string {
  const [file = "", line = ""] = place.split(":");
  return readFileSync(join(SHOP, file), "utf8").split("\n")[Number(line) - 1]?.trim() ?? "";
}

describe("each API answers, denies and asks who calls", () => {
  /** `rules`: how the lines begin that the log names; of a rule that a `use` brought, the `use` first. */
  type Row = readonly [what: string, how: () => Call, status: number, rules: readonly string[]];
  const rows: readonly Row[] = [
    ["GET /health", () => ({}), 200, ["public"]],
    ["GET /health", () => ({ from: "192.0.2.66" }), 403, ["use not_blocked(blocked) » deny when client.ip in list"]],
    ["GET /health", () => ({ headers: { "x-debug": "1" } }), 403, ['deny when has header("X-Debug")']],
    [
      "GET /health",
      () => ({ headers: { via: ["1.1 a", "1.1 b", "1.1 c", "1.1 d", "1.1 e", "1.1 f"] } }),
      403,
      ['deny when headers("Via").size > 5'],
    ],
    ["GET /catalog/items", () => ({}), 200, ["public"]],
    ["GET /catalog/items/AB-1/images/a/b.png", () => ({}), 200, ["public"]],
    ["GET /catalog/items/AB-1/images/a/b.psd", () => ({}), 403, ['GET "/images/{file: Rest}" ->']],
    ["OPTIONS /catalog/items/AB-1/stock", () => ({}), 204, ['OPTIONS "/items/{sku: Sku}/stock" {']],
    ["DELETE /catalog/v2/anything/else", () => ({}), 410, ['ANY "/v2/{path: Rest}" -> gone {']],
    ["PUT /catalog/items/AB-1/stock", () => ({ headers: scanner(), body: stock() }), 200, ["allow when body.site =="]],
    ["PUT /catalog/items/AB-1/stock", () => ({ headers: scanner(), body: stock({ site: "lis2" }) }), 403, []],
    [
      "PUT /catalog/items/AB-1/stock",
      () => ({ headers: scanner(), body: stock({ on_hand: 20_000 }) }),
      403,
      ["deny when body.on_hand > 10_000 and"],
    ],
    [
      "PUT /catalog/items/AB-1/stock",
      () => ({ headers: scanner({ bound_to: "198.51.100.1" }), body: stock() }),
      403,
      ["require not has principal.bound_to"],
    ],
    ["PUT /catalog/items/AB-1/stock", () => ({ headers: scanner({}, "another-key-of-at-least-32-bytes!!"), body: stock() }), 401, []],
    ["PUT /catalog/items/AB-1/stock", () => ({ body: stock(), token: shop().customer() }), 401, []],
    ["GET /orders", () => ({ token: shop().customer() }), 200, ["allow when principal is Customer"]],
    ["GET /orders", () => ({}), 401, []],
    ["GET /orders", () => ({ token: shop().partner.token(), from: PARTNER_CLOUD }), 403, []],
    [
      "GET /orders?since=2026-01-01",
      () => ({ token: shop().partner.token(), from: PARTNER_CLOUD }),
      200,
      ["allow when principal is Partner and"],
    ],
    [
      "GET /orders?since=2026-01-01",
      () => ({ token: shop().partner.token() }),
      403,
      ["use partner_contract » require principal is Partner"],
    ],
    [
      "GET /orders?since=2026-01-01",
      () => ({ token: shop().partner.token({ account: "999999999999" }), from: PARTNER_CLOUD }),
      403,
      ["use partner_contract » require principal is Partner"],
    ],
    ["GET /orders?since=soon", () => ({ token: shop().customer() }), 403, ['deny when has query("since") and']],
    [`GET ${ORDER}`, () => ({ token: shop().customer() }), 200, ['GET "/{id: OrderId}" -> orders {']],
    ["POST /orders", () => ({ token: shop().customer({ mfa: true }), body: newOrder() }), 200, ["allow when principal is Customer"]],
    ["POST /orders", () => ({ token: shop().customer({ mfa: true }), body: newOrder(200_000) }), 403, []],
    [
      "POST /orders",
      () => ({ token: shop().customer({ mfa: true, grade: "gold" }), body: newOrder(200_000) }),
      200,
      ["allow when principal is Customer"],
    ],
    [
      "POST /orders",
      () => ({ token: shop().customer(), body: newOrder() }),
      403,
      ["apply strong_auth to routes where » require principal is Partner or"],
    ],
    [
      `PATCH ${ORDER}`,
      () => ({ token: shop().customer({ mfa: true }), body: { note: "ring twice" } }),
      200,
      ["allow when principal is Customer"],
    ],
    [`PATCH ${ORDER}`, () => ({ token: shop().customer({ mfa: true }), body: { note: "<script>" } }), 403, []],
    [
      `DELETE ${ORDER}/support`,
      () => ({ token: support(), from: OFFICE }),
      200,
      ['use group("support") » allow when principal is Customer'],
    ],
    [
      `DELETE ${ORDER}/support`,
      () => ({ token: support() }),
      403,
      ["use inside() » deny when not (client.ip in net)", 'DELETE "/" -> orders { use » deny when not (client.ip in net)'],
    ],
    [
      `GET ${ORDER}/support/notes`,
      () => ({ token: support(), from: VPN }),
      200,
      ['use group("support") » allow when principal is Customer'],
    ],
    [`GET ${ORDER}/support/notes`, () => ({ token: support() }), 403, ["require client.ip in office + vpn"]],
    ["GET /returns/0b3c7f4e-8a55-4f0e-9c57-2c9a3f1d2e4b", () => ({ token: shop().customer() }), 200, ["allow"]],
    [
      "GET /admin/users",
      () => ({ token: shop().customer({ "cognito:groups": ["admins"] }), from: OFFICE }),
      200,
      ['use group("admins") » allow when principal is Customer'],
    ],
    [
      "GET /admin/users",
      () => ({ token: shop().customer({ "cognito:groups": ["admins"] }), from: "203.0.113.150" }),
      403,
      ["use inside(office & managed) » deny when not (client.ip in net)"],
    ],
    [
      "GET /admin/reports/2026",
      () => ({ token: shop().customer({ "cognito:groups": ["finance"], mfa: true }), from: OFFICE }),
      200,
      ["allow when principal is Customer"],
    ],
    ["GET /admin/reports/1999", () => ({ token: shop().customer({ "cognito:groups": ["finance"], mfa: true }), from: OFFICE }), 403, []],
  ];
  test.each(rows)("%$. %s", async (what, how, status, rules) => {
    const answer = await shop().ask(what, how());
    const log = await logOf(answer, shop().gateway);
    const begins = (line: string, at: number, start: string | undefined): string => line.slice(0, start?.split(" » ")[at]?.length);
    const said = log.rules.map((rule, number) =>
      rule
        .split(">")
        .map((place, at) => begins(sourceLine(place), at, rules[number]))
        .join(" » "),
    );
    expect([answer.status, said]).toEqual([status, rules]);
  });
});

describe("tokens", () => {
  const get = (token: string): Promise<Answer> => shop().ask("GET /orders", { token });
  const damaged = (token: string): string => token.replace(/^[^.]+/, Buffer.from('{"alg":"none"}').toString("base64url"));

  test("without one, the answer says what to bring", async () => {
    const answer = await shop().ask("GET /orders");
    expect([answer.status, answer.headers["www-authenticate"], answer.headers["content-type"]]).toEqual([
      401,
      "Bearer",
      "application/problem+json",
    ]);
    expect(problem(answer)).toEqual({ type: "urn:gwl:refusal:unauthenticated", title: "Authentication required", status: 401 });
  });

  test.each([
    ["expired", () => shop().customer({ exp: Math.floor(Date.now() / 1000) - 60 })],
    ["for another audience", () => shop().customer({ aud: "shop-app" })],
    ["of another issuer", () => shop().customer({ iss: "http://login.example" })],
    ["with a claim of another type", () => shop().customer({ mfa: "yes" })],
    [
      "without its signature",
      () =>
        shop()
          .customer()
          .replace(/[^.]+$/, ""),
    ],
    ["that says it needs none", () => damaged(shop().customer())],
    ["of somebody who signs with the partner's name", () => partner().token()],
    [
      "that is signed with a public key as a secret",
      () => scannerToken(JSON.stringify(shop().partner.publicKey), { iss: shop().provider.url, aud: "shop-web" }),
    ],
  ])("one %s is refused, and says no more than that", async (_name, token) => {
    const answer = await get(token());
    expect([answer.status, answer.headers["www-authenticate"]]).toEqual([401, 'Bearer error="invalid_token"']);
    expect(problem(answer)).not.toHaveProperty("detail");
  });

  test("the log names the caller and no claim", async () => {
    const line = await logOf(await get(shop().customer({ tenant: "secret-tenant" })), shop().gateway);
    expect(line.principal).toEqual({ identity: "Customer", id: "alice" });
    expect(JSON.stringify(line)).not.toContain("secret-tenant");
  });
});

describe("bodies", () => {
  const post = (body: string | object, headers: NonNullable<Call["headers"]> = {}): Promise<Answer> =>
    shop().ask("POST /orders", { token: shop().customer({ mfa: true }), body, headers });
  const json = { "content-type": "application/json" };

  test("what is wrong with one is listed, by place", async () => {
    const answer = await post({ lines: [{ sku: "AB-1", qty: 0 }, { qty: 1 }], pay: { amount: "5", currency: "GBP" }, extra: 1 });
    expect(answer.status).toBe(400);
    const places = (problem(answer)["errors"] as readonly { readonly at: string }[]).map(({ at }) => at);
    expect(places).toEqual(expect.arrayContaining(["/lines/0/qty", "/pay/amount", "/pay/currency"]));
    expect(places.length).toBeGreaterThanOrEqual(5);
  });

  test.each([
    ["no JSON", () => post("{", json), 400],
    ["a member twice", () => post('{"lines":[],"lines":[]}', json), 400],
    ["another media type", () => post("a=1", { "content-type": "application/x-www-form-urlencoded" }), 415],
    ["none at all", () => post("{}"), 415],
    ["compressed", () => post("{}", { ...json, "content-encoding": "gzip" }), 415],
    ["more than the gateway takes", () => post(`"${"x".repeat(300_000)}"`, json), 413],
  ])("%s", async (_name, sent, status) => {
    const before = shop().backends.orders.calls.length + shop().backends.spare.calls.length;
    expect((await sent()).status).toBe(status);
    expect(shop().backends.orders.calls.length + shop().backends.spare.calls.length).toBe(before);
  });

  test("a good one reaches the backend as it came, to the byte", async () => {
    const body = `{ "pay": {"currency":"EUR", "amount": 1e2},\n "lines": [{"sku":"\\u0041","qty":1}] }`;
    expect((await post(body, json)).status).toBe(200);
    expect([...shop().backends.orders.calls, ...shop().backends.spare.calls].some((received) => received.body === body)).toBe(true);
  });
});
