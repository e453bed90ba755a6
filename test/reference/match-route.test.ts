/** D5, D26, D46: which route takes a request, and its parameters. */
import { expect, test } from "vitest";
import type { Type } from "../../compiler/model/types.ts";
import { ask, type Asked, headersOf } from "./ask.ts";
import { allow, api, constant, deny, gateway, group, INT, method, open, program, route, same } from "./program-builder.ts";

const ACCESS = { access: [open(0)] };
const YEAR: Type = { kind: "int", min: 2000, max: 2100 };

const ROUTES = program(
  gateway([
    route("GET /", ACCESS),
    route("GET /orders/new", ACCESS),
    route("GET /orders/{year}", { ...ACCESS, types: { year: YEAR } }),
    route("GET /orders/{id}", ACCESS),
    route("POST /orders/{id}", ACCESS),
    route("ANY /orders/{rest*}", ACCESS),
    route("GET /{year}/{name}", { ...ACCESS, types: { year: YEAR } }),
    route("GET /{any}/fixed", ACCESS),
    route("HEAD /head", ACCESS),
    route("GET /head", ACCESS),
    route("PUT /put/a:b", ACCESS),
    api("v", "/v", [group("/{g}", [route("GET /x", ACCESS)])]),
  ]),
);

async function taken(line: string, asked: Asked = {}): Promise<unknown> {
  const { decision } = await ask(ROUTES, line, asked);
  return decision.route === undefined ? decision.cause : [decision.route, decision.parameters];
}

test.each<[line: string, expected: unknown]>([
  ["GET /", ["GET /", {}]],
  ["GET /orders/new", ["GET /orders/new", {}]],
  ["GET /orders/2026", ["GET /orders/{year}", { year: 2026 }]],
  ["GET /orders/1999", ["GET /orders/{id}", { id: "1999" }]],
  ["GET /orders/02026", ["GET /orders/{id}", { id: "02026" }]],
  ["GET /orders/a%20b", ["GET /orders/{id}", { id: "a b" }]],
  ["POST /orders/new", ["POST /orders/{id}", { id: "new" }]],
  ["DELETE /orders/new", ["ANY /orders/{rest*}", { rest: "new" }]],
  ["GET /orders/a%20b/c", ["ANY /orders/{rest*}", { rest: "a%20b/c" }]],
  ["GET /orders", ["ANY /orders/{rest*}", { rest: "" }]],
  ["GET /2026/fixed", ["GET /{year}/{name}", { year: 2026, name: "fixed" }]],
  ["GET /x/fixed", ["GET /{any}/fixed", { any: "x" }]],
  ["HEAD /head", ["HEAD /head", {}]],
  ["HEAD /orders/new", ["GET /orders/new", {}]],
  ["PUT /put/a%3Ab", ["PUT /put/a:b", {}]],
  ["GET /v/1/x", ["GET /x", { g: "1" }]],
  ["GET /nothing", "no-route"],
  ["GET /ORDERS/new/fixed/x", "no-route"],
  ["get /head", "method-not-allowed"],
  ["PROPFIND /orders/new", "method-not-allowed"],
  ["PROPFIND /nothing", "no-route"],
])("%s goes to %j", async (line, expected) => {
  expect(await taken(line)).toEqual(expected);
});

test.each([
  ["DELETE /head", "GET, HEAD"],
  ["DELETE /v/1/x", "GET, HEAD"],
  ["GET /put/a:b", "PUT"],
  ["FOO /orders/new", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"],
])("%s is told what is allowed: %s", async (line, allowed) => {
  const { answer } = await ask(ROUTES, line);
  expect(headersOf(answer)).toContainEqual(["allow", allowed]);
  expect(answer.kind === "local" && answer.status).toBe(405);
});

test("a HEAD request is a GET to rules, but on HEAD routes", async () => {
  const rules = { access: [allow(0), deny(1, same(method, constant("GET")))] };
  const both = program(gateway([route("GET /get", rules), route("ANY /any", rules), route("HEAD /head", rules)]));
  const effects = await Promise.all(["/get", "/any", "/head"].map(async (path) => (await ask(both, `HEAD ${path}`)).decision.effect));
  expect(effects).toEqual(["deny", "deny", "allow"]);
});

test("backends get a HEAD as it came", async () => {
  const { answer } = await ask(ROUTES, "HEAD /orders/new");
  expect(answer.kind === "forward" && answer.method).toBe("HEAD");
});

test.each<[Type, string, boolean]>([
  [INT, "-7", true],
  [INT, "-0", false],
  [INT, "9007199254740992", false],
  [{ kind: "bool" }, "true", true],
  [{ kind: "bool" }, "True", false],
  [{ kind: "ip" }, "2001:DB8::1", true],
  [{ kind: "ip" }, "1.2.3", false],
  [{ kind: "uuid" }, "0F8FAD5B-D9CB-469F-A165-70867728950E", true],
  [{ kind: "uuid" }, "0f8fad5b", false],
  [{ kind: "literals", values: ["a", 2] }, "2", true],
  [{ kind: "literals", values: ["a", 2] }, "02", false],
  [{ kind: "newtype", name: "Id", base: { kind: "string", pattern: "^o_" } }, "o_1", true],
  [{ kind: "newtype", name: "Id", base: { kind: "string", pattern: "^o_" } }, "x_1", false],
])("a parameter of type %j fits %s: %s", async (type, text, fits) => {
  const typed = program(gateway([route("GET /{p}", { ...ACCESS, types: { p: type } })]));
  const { decision } = await ask(typed, `GET /${text}`);
  expect(decision.cause).toBe(fits ? "rule" : "no-route");
  if (fits) expect(decision.parameters).toEqual({ p: type.kind === "int" ? Number(text) : text });
});
