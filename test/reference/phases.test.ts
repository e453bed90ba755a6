/** D24, D25: what is asked when, and what is never asked after a refusal. */
import { expect, test } from "vitest";
import type { Type } from "../../compiler/model/types.ts";
import { TEST_NOW, testWorld } from "../harness/world.ts";
import { ecKey, signToken } from "../harness/tokens.ts";
import { ask, statusOf, verdict, type Asked } from "./ask.ts";
import {
  allow,
  bodyField,
  clientIp,
  compare,
  constant,
  deny,
  expr,
  gateway,
  header,
  INT,
  isKnown,
  jwt,
  no,
  not,
  parameter,
  policy,
  principalId,
  program,
  query,
  require,
  route,
  same,
  setHeader,
  STRING,
  use,
} from "./program-builder.ts";

const key = ecKey();
const CUSTOMER = jwt("Customer", { keys: { kind: "url", url: constant("https://keys.example/jwks") } });
const BODY: Type = { kind: "record", fields: [{ name: "n", type: INT }] };
const world = testWorld({ keys: { "https://keys.example/jwks": [key.jwk] } });
const claims = { iss: "https://issuer.example", aud: "us", sub: "u1", exp: TEST_NOW / 1000 + 60 };
const token = ["Authorization", `Bearer ${signToken({ claims, key })}`] as const;
const json = ["Content-Type", "application/json"] as const;

type Rules = Parameters<typeof policy>[1];
function posts(access: Rules, rest: Partial<Parameters<typeof route>[1]> = {}): Parameters<typeof ask>[0] {
  return program(gateway([route("POST /", { access, accept: [["Customer"]], body: BODY, ...rest })]), { identities: [CUSTOMER] });
}
const good: Asked = { headers: [token, json], body: '{"n":5}', world };
const n = bodyField("n", INT);
const isRoot = same(principalId, constant("root"));

test("the request goes through all phases", async () => {
  const outcome = await ask(posts([allow(1), allow(2, compare(n, ">", constant(1))), deny(3, isRoot)]), "POST /", good);
  expect(outcome.decision).toEqual({
    effect: "allow",
    cause: "rule",
    rules: ["1", "2"],
    route: "POST /",
    parameters: {},
    principal: { identity: "Customer", id: "u1", claims: {} },
  });
  expect(outcome.answer.kind === "forward" && outcome.answer.body).toEqual(new TextEncoder().encode('{"n":5}'));
});

test("a deny that reads neither caller nor body comes before authentication", async () => {
  const keys = testWorld();
  const outcome = await ask(posts([allow(1), deny(2, same(header("x"), constant("v")))]), "POST /", {
    headers: [["X", "v"], token],
    world: keys,
  });
  expect([statusOf(outcome), outcome.decision.rules]).toEqual([403, ["2"]]);
  expect(keys.keyRequests).toEqual([]);
});

test("authentication comes before the rules that read the caller", async () => {
  expect(await verdict(posts([allow(1), deny(2, not(isKnown))]), "POST /")).toBe("deny unauthenticated");
});

test("a deny about the caller hides denies about the body, and the body is not read", async () => {
  const unread: Asked = { ...good, readBody: () => Promise.reject(new Error("the body was read")) };
  const root = posts([allow(1), deny(2, same(principalId, constant("u1"))), deny(3, compare(n, ">", constant(1)))]);
  expect(await verdict(root, "POST /", unread)).toBe("deny rule 2");
});

test("without an allow that is true or reads the body, the body is not read", async () => {
  const unread: Asked = { ...good, readBody: () => Promise.reject(new Error("the body was read")) };
  expect(await verdict(posts([allow(1, isRoot)]), "POST /", unread)).toBe("deny default");
});

test("an allow that reads the body is asked after it was read", async () => {
  const root = posts([allow(1, isRoot), allow(2, compare(n, "<=", constant(5)))]);
  expect(await verdict(root, "POST /", good)).toBe("allow rule 2");
  expect(await verdict(root, "POST /", { ...good, body: '{"n":6}' })).toBe("deny default");
});

test("an allow about the body is not asked before there is one, though its condition would be true", async () => {
  const root = posts([allow(1, not(compare(n, ">", constant(5))))]);
  expect(await verdict(root, "POST /", { ...good, body: '{"n":6}' })).toBe("deny default");
});

test("a deny about the body denies what was allowed before", async () => {
  expect(await verdict(posts([allow(1), deny(2, same(n, constant(5))), require(3, no)]), "POST /", good)).toBe("deny rule 3");
  expect(await verdict(posts([allow(1), deny(2, same(n, constant(5)))]), "POST /", good)).toBe("deny rule 2");
});

test("a rule's phase is what its policy's arguments read", async () => {
  const root = program(gateway([route("POST /", { access: [allow(1), use(2, "never", principalId)], accept: [["Customer"]] })]), {
    identities: [CUSTOMER],
    policies: [policy("never", [deny(3, same(parameter("who", STRING), constant("u1")))], { parameters: [{ name: "who", type: STRING }] })],
  });
  expect(await verdict(root, "POST /", { world })).toBe("deny unauthenticated");
  expect(await verdict(root, "POST /", good)).toBe("deny rule 2/3");
});

test("a constant does not move a rule to another phase", async () => {
  const never = expr({ kind: "bool" }, { op: "and", operands: [no, isKnown] });
  expect(await verdict(posts([allow(1), require(2, never)]), "POST /", { world })).toBe("deny unauthenticated");
});

test.each<[string, Asked, string]>([
  ["a declared length over the limit", { headers: [token, ["Content-Length", "1001"]], world }, "deny body-too-large"],
  ["before the media type", { headers: [token, ["Content-Type", "text/plain"], ["Content-Length", "1001"]], world }, "deny body-too-large"],
  ["no media type", { headers: [token], body: "{}", world }, "deny unsupported-media-type"],
  [
    "the media type before reading",
    { headers: [token, ["Content-Type", "text/plain"]], body: { kind: "incomplete" }, world },
    "deny unsupported-media-type",
  ],
  ["too many bytes", { headers: [token, json], body: "1".repeat(1001), world }, "deny body-too-large"],
  ["an incomplete body", { headers: [token, json], body: { kind: "incomplete" }, world }, "deny incomplete-body"],
  ["a body that does not fit, before rules about it", { headers: [token, json], body: '{"n":"5"}', world }, "deny invalid-body"],
])("%s is refused", async (_, asked, expected) => {
  expect(await verdict(posts([allow(1), deny(2, compare(n, ">", constant(0)))]), "POST /", asked)).toBe(expected);
});

test("a declared length over the limit is refused on routes without a typed body, after the rules", async () => {
  const root = program(gateway([route("POST /", { access: [allow(1)] }), route("PUT /", { access: [allow(1), deny(2)] })]));
  const asked: Asked = { headers: [["Content-Length", "1001"]] };
  expect([await verdict(root, "POST /", asked), await verdict(root, "PUT /", asked)]).toEqual(["deny body-too-large", "deny rule 2"]);
});

const rendered = { access: [deny(1)], transforms: [setHeader("x-a", header("a"), "response")] };

test.each<[string, Parameters<typeof route>[1], string, Asked, string]>([
  [
    "a header that a rule reads as one",
    { access: [deny(1, same(header("a"), constant("1")))] },
    "GET /",
    {
      headers: [
        ["A", "1"],
        ["a", "1"],
      ],
    },
    "malformed",
  ],
  [
    "a header that a transform reads as one",
    rendered,
    "GET /",
    {
      headers: [
        ["A", "1"],
        ["a", "1"],
      ],
    },
    "malformed",
  ],
  [
    "a header that nobody reads",
    { access: [deny(1)] },
    "GET /",
    {
      headers: [
        ["A", "1"],
        ["a", "1"],
      ],
    },
    "rule",
  ],
  ["a query name that a rule reads as one", { access: [deny(1, same(query("q"), constant("1")))] }, "GET /?q=1&%71=2", {}, "malformed"],
  ["a query value that is no text", { access: [deny(1, same(query("q"), constant("1")))] }, "GET /?q=%FF", {}, "malformed"],
  ["a query name that is no text", { access: [deny(1, same(query("q"), constant("1")))] }, "GET /?%FF=1", {}, "malformed"],
  ["another query value that is no text", { access: [deny(1, same(query("q"), constant("")))] }, "GET /?q&x=%FF", {}, "rule"],
  ["queries that nobody reads", { access: [deny(1)] }, "GET /?q=1&q=%FF", {}, "rule"],
  [
    "as a list, repeated names are fine",
    {
      access: [
        deny(1, expr({ kind: "bool" }, { op: "has", operand: expr({ kind: "list", element: STRING }, { op: "queries", name: "q" }) })),
      ],
    },
    "GET /?q=1&q=2",
    {},
    "rule",
  ],
])("%s: before any rule", async (_, rest, line, asked, cause) => {
  const { decision } = await ask(program(gateway([route("GET /", rest)])), line, asked);
  expect([decision.cause, decision.route]).toEqual([cause, "GET /"]);
});

test("a set header that no field can hold is refused after all rules", async () => {
  const root = program(gateway([route("GET /", { access: [allow(1)], transforms: [setHeader("x-q", query("q"))] })]));
  expect(await verdict(root, "GET /?q=a%0Db")).toBe("deny malformed");
  expect(await verdict(root, "GET /?q=%E2%82%AC")).toBe("deny malformed");
  expect(await verdict(root, "GET /?q=%C3%A9")).toBe("allow rule 1");
});

test("the client in rules is the one after the walk", async () => {
  const isClient = same(clientIp, constant("192.0.2.1", { kind: "ip" }));
  expect(await verdict(program(gateway([route("GET /", { access: [allow(1, isClient)] })])), "GET /")).toBe("allow rule 1");
});
