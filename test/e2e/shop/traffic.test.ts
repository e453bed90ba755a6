/** What passes through the shop's gateway, and what does not: headers, routes, backends, keys. */
import { describe, expect, test } from "vitest";
import { call, type Call, portOf, startGateway } from "./gateway-process.ts";
import type { Backend } from "./parties.ts";
import { PARTNER_CLOUD, problem, runningShop, scanner, stock } from "./running-shop.ts";

const shop = runningShop();

describe("what the backend sees", () => {
  const received = async (what: string, how: Call, by: Backend): Promise<Backend["calls"][number]> => {
    by.calls.length = 0;
    expect((await shop().ask(what, how)).status).toBe(200);
    return by.calls[0] ?? { method: "", path: "", headers: {}, body: "" };
  };

  test("path under the backend's base, query as it came, the gateway's own headers", async () => {
    const { method, path, headers } = await received(
      "GET /catalog/items/AB-1?tag=%61&tag=b",
      { from: "198.51.100.7, 203.0.113.9" },
      shop().backends.catalog,
    );
    expect([method, path]).toEqual(["GET", "/v3/catalog/items/AB-1?tag=%61&tag=b"]);
    expect(headers).toMatchObject({
      host: new URL(shop().backends.catalog.url).host,
      "x-forwarded-for": "203.0.113.9",
      "x-forwarded-host": "localhost",
      "x-forwarded-proto": "http",
      "x-route": "GET localhost/catalog/items/{sku: Sku}",
      "x-api-version": "3",
      "x-caller": "nobody",
      "x-request-id": expect.stringMatching(/^[0-9a-f]{32}$/),
    });
  });

  test("headers that say who calls are the gateway's, whatever a client sends", async () => {
    const forged = {
      "x-tenant": "other",
      "x-caller": "root",
      "x-request-id": "mine",
      "x-real-ip": "10.0.0.1",
      forwarded: "for=10.0.0.1",
      "x-http-method-override": "DELETE",
      "x-original-url": "/admin",
    };
    const how = {
      headers: { ...forged, connection: "close, x-secret", "x-secret": "hop", "x-kept": "yes" },
      token: shop().customer({ tenant: "acme" }),
    };
    shop().backends.orders.calls.length = 0;
    shop().backends.spare.calls.length = 0;
    const answer = await shop().ask("GET /orders", how);
    const [{ headers } = { headers: {} }] = [...shop().backends.orders.calls, ...shop().backends.spare.calls];
    expect(headers).toMatchObject({ "x-tenant": "acme", "x-caller": "alice@127.0.0.1", "x-kept": "yes", "x-request-id": answer.id });
    for (const gone of ["x-real-ip", "forwarded", "x-http-method-override", "x-original-url", "x-secret"])
      expect(headers).not.toHaveProperty(gone);
  });

  test("values out of the body and the path become headers, in the case that was asked for", async () => {
    const { headers } = await received("PUT /catalog/items/AB-1/stock", { headers: scanner(), body: stock() }, shop().backends.catalog);
    expect(headers).toMatchObject({ "x-site": "ber1", "x-weight": "0.5" });
  });

  test("the answer has the gateway's headers, and none that belong to the connection behind", async () => {
    const { headers } = await shop().ask("GET /catalog/items/AB-1");
    expect(headers).toMatchObject({
      "cache-control": "max-age=60",
      "x-content-type-options": "nosniff",
      "strict-transport-security": "max-age=0",
      "x-backend": "catalog",
    });
    expect(headers["keep-alive"]).not.toBe("timeout=9");
  });

  test("HEAD has the headers and no body, on a HEAD route and on a GET route", async () => {
    for (const path of ["/catalog/items/AB-1", "/catalog/items"]) {
      const answer = await shop().ask(`HEAD ${path}`);
      expect([answer.status, answer.text, shop().backends.catalog.calls.at(-1)?.method]).toEqual([200, "", "HEAD"]);
    }
  });
});

describe("requests that fit no route", () => {
  test.each([
    ["an unknown path", "GET /nowhere", {}, 404, {}],
    ["a parameter that does not fit", "GET /catalog/items/ab-1", {}, 404, {}],
    ["another method", "DELETE /catalog/items/AB-1/stock", {}, 405, { allow: "PUT, OPTIONS" }],
    ["another method than GET, with HEAD beside it", "POST /health", {}, 405, { allow: "GET, HEAD" }],
    ["another host", "GET /health", { headers: { host: "evil.example" } }, 421, {}],
    ["a target that is too long", `GET /${"x".repeat(9000)}`, {}, 414, {}],
    ["headers that are too large", "GET /health", { headers: { "x-a": "x".repeat(9000) } }, 431, {}],
    ["an expectation", "GET /health", { headers: { expect: "miracles" } }, 417, {}],
    ["a path that could be read in two ways", "GET /catalog/%2e%2e/admin/users", {}, 400, {}],
    ["an encoded slash", "GET /catalog%2Fitems", {}, 400, {}],
    ["a field that is read as one, twice", "GET /health", { headers: { "x-debug": ["", ""] } }, 400, {}],
  ] as const)("%s", async (_name, what, how, status, headers) => {
    const answer = await shop().ask(what, how as Call);
    expect([answer.status, answer.headers]).toMatchObject([status, { "content-type": "application/problem+json", ...headers }]);
    expect(problem(answer)).toMatchObject({ status, type: expect.stringMatching(/^urn:gwl:refusal:/) });
  });
});

describe("backends", () => {
  test("two of a kind take turns; what could not be sent to one that is down is sent to the other", async () => {
    const turns = async (port: number, count: number): Promise<readonly string[]> => {
      const seen: string[] = [];
      for (let turn = 0; turn < count; turn++) {
        const answer = await call(port, "GET /orders", { token: shop().customer() });
        seen.push(answer.status === 200 ? String(answer.headers["x-backend"]) : String(answer.status));
      }
      return seen;
    };
    expect((await turns(shop().port, 4)).toSorted()).toEqual(["orders", "orders", "spare", "spare"]);
    const other = startGateway(shop().built.bundle, { ...shop().variables, ORDERS_SPARE_URL: "http://localhost:1" });
    try {
      expect((await turns(await portOf(other), 4)).toSorted()).toEqual(["orders", "orders", "orders", "orders"]);
    } finally {
      other.child.kill("SIGKILL");
    }
  });
});

describe("the provider's keys", () => {
  test("are asked for once, and again for a key that is new", async () => {
    const other = startGateway(shop().built.bundle, shop().variables, LATER);
    const there = await portOf(other);
    const status = async (token: string): Promise<number> => (await call(there, "GET /orders", { token })).status;
    try {
      shop().provider.asked = 0;
      const old = shop().customer();
      expect([await status(old), await status(old), await status(shop().customer())]).toEqual([200, 200, 200]);
      expect(shop().provider.asked).toBe(1);
      shop().provider.rotate();
      expect([await status(shop().customer()), shop().provider.asked]).toEqual([401, 1]);
      other.child.kill("SIGUSR2");
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect([await status(shop().customer()), await status(old), shop().provider.asked]).toEqual([200, 200, 2]);
    } finally {
      other.child.kill("SIGKILL");
    }
  });

  test("that cannot be had are 503 for those who bring a token of that provider, and nobody else", async () => {
    const other = startGateway(shop().built.bundle, { ...shop().variables, CUSTOMER_KEYS: "http://localhost:1/jwks.json" });
    try {
      const there = await portOf(other);
      const answer = await call(there, "GET /orders", { token: shop().customer() });
      expect([answer.status, answer.headers["retry-after"], problem(answer)["type"]]).toEqual([
        503,
        "5",
        "urn:gwl:refusal:keys-unavailable",
      ]);
      expect((await call(there, "GET /orders")).status).toBe(401);
      expect((await call(there, "GET /orders?since=2026-01-01", { token: shop().partner.token(), from: PARTNER_CLOUD })).status).toBe(200);
      expect((await call(there, "GET /catalog/items")).status).toBe(200);
    } finally {
      other.child.kill("SIGKILL");
    }
  });
});

/** On SIGUSR2 the process's clock is half a minute later, which is how long a gateway waits before it asks for keys again. */
const LATER = `data:text/javascript,${encodeURIComponent(
  "const real = performance.now.bind(performance); let later = 0; performance.now = () => real() + later; process.on('SIGUSR2', () => { later += 31_000; });",
)}`;
