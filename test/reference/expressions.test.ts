/** D43: every operator, and what absence does. */
import { expect, test } from "vitest";
import type { Expr, ExprBody } from "../../compiler/model/expression.ts";
import type { Type, Value } from "../../compiler/model/types.ts";
import { evaluate } from "../../compiler/reference/evaluate.ts";
import { parseAddress } from "../../compiler/reference/address.ts";
import type { Scene } from "../../compiler/reference/scene.ts";
import {
  and,
  blocks,
  BOOL,
  claim,
  compare,
  constant,
  expr,
  header,
  INT,
  IP,
  isIn,
  NETWORK,
  not,
  or,
  STRING,
  UUID,
  yes,
} from "./program-builder.ts";

const SCENE: Scene = {
  stage: "prod",
  variables: { LIMIT: 5 },
  documents: [],
  signers: [],
  authorizers: [],
  api: "",
  networks: [{ name: "office", addresses: ["203.0.113.0/24", "2001:db8::/32"] }],
  route: { tags: { data: "pii" }, api: "orders", version: 2, path: "/orders/{id}" },
  method: "GET",
  request: {
    client: "203.0.113.9",
    path: "/orders/1",
    host: "h",
    fields: [
      ["x", "1"],
      ["x", "2"],
      ["y", "3"],
    ],
    query: [{ name: "q", value: "a" }],
    parameters: { id: 1 },
    // 2026-01-05T23:30:05Z, a Monday; in Berlin it is Tuesday.
    now: 1_767_655_805_000,
  },
  callers: [{ identity: "Customer", id: "u1", claims: { groups: ["a", "b"], mfa: false } }],
  body: { pay: { amount: 7 }, lines: [1, 2, 3] },
};
const of = (body: Expr | ExprBody, type: Type = STRING): unknown => evaluate("span" in body ? body : expr(type, body), SCENE, undefined);
const list = (...items: Expr[]): Expr => expr({ kind: "list", element: STRING }, { op: "list", items });
const setOf = (value: Value): Expr => constant(value, { kind: "set", element: STRING });
const absent = header("nowhere");
const absentBool = claim("mfa", BOOL, "Service");
const field = (object: Expr, name: string, type: Type = INT): Expr => expr(type, { op: "field", object, name });
const body = expr({ kind: "record", fields: [] }, { op: "body" });
const TIME_OF_DAY: Type = { kind: "timeOfDay" };
const range = (low: number, high: number, element: Type = INT): Expr =>
  expr({ kind: "range", element }, { op: "range", low: constant(low, element), high: constant(high, element) });

test.each<[string, ExprBody | Expr, unknown]>([
  ["env", { op: "env", name: "LIMIT" }, 5],
  ["stage", { op: "stage" }, "prod"],
  ["stage value", { op: "stageValue", values: { dev: constant(1), prod: constant(2) } }, 2],
  ["client", { op: "clientIp" }, "203.0.113.9"],
  ["path", { op: "path" }, "/orders/1"],
  ["host", { op: "host" }, "h"],
  ["headers", { op: "headers", name: "x" }, ["1", "2"]],
  ["no headers", { op: "headers", name: "z" }, []],
  ["query", { op: "query", name: "q" }, "a"],
  ["queries", { op: "queries", name: "z" }, []],
  ["parameter", { op: "pathParam", name: "id" }, 1],
  ["tag", { op: "tag", name: "data" }, "pii"],
  ["a tag that nobody sets", { op: "tag", name: "team" }, undefined],
  ["a member of every object is no tag", { op: "tag", name: "constructor" }, undefined],
  ["version", { op: "routeFact", fact: "version" }, 2],
  ["is known", { op: "isKnown" }, true],
  ["is another", { op: "isIdentity", identity: "Service" }, false],
  ["principal id", { op: "principalId" }, "u1"],
  ["a claim", claim("groups", STRING, "Customer"), ["a", "b"]],
  ["a claim of another identity", claim("groups", STRING, "Service"), undefined],
  ["a field of the body", field(field(body, "pay"), "amount"), 7],
  ["a field of something absent", field(field(body, "none"), "amount"), undefined],
  ["time of day in UTC", { op: "timeOfDay", zone: constant("UTC") }, 84_605],
  ["time of day in Berlin", { op: "timeOfDay", zone: constant("Europe/Berlin") }, 1805],
  ["weekday in UTC", { op: "weekday", zone: constant("UTC") }, "mon"],
  ["weekday in Berlin", { op: "weekday", zone: constant("Europe/Berlin") }, "tue"],
  ["a zone that does not exist", { op: "weekday", zone: constant("Nowhere/None") }, undefined],
  ["not absent", not(absentBool), true],
  ["and with absent", and(yes, absentBool), false],
  ["or with absent", or(absentBool, yes), true],
  ["if absent", { op: "if", condition: absentBool, then: constant(1), otherwise: constant(2) }, 2],
  ["absent ==", compare(absent, "==", constant("a")), false],
  ["absent !=", compare(absent, "!=", constant("a")), false],
  ["absent on both sides", compare(absent, "==", absent), false],
  ["strings order by code units", compare(constant("Z"), "<", constant("a")), true],
  ["numbers order", compare(constant(10), ">", constant(9)), true],
  [">= is inclusive", compare(constant(9), ">=", constant(9)), true],
  ["<= is inclusive", compare(constant(9), "<=", constant(9)), true],
  ["< is not", compare(constant(9), "<", constant(9)), false],
  ["sets are equal in any order", compare(setOf(["a", "b"]), "==", setOf(["b", "a"])), true],
  ["sets of other members are not", compare(setOf(["a", "b"]), "==", setOf(["a"])), false],
  ["a list that stands for a set", compare(constant(["b", "a"], { kind: "list", element: STRING }), "==", setOf(["a", "b"])), true],
  [
    "lists are not",
    compare(constant(["a", "b"], { kind: "list", element: STRING }), "==", constant(["b", "a"], { kind: "list", element: STRING })),
    false,
  ],
  ["in a list", isIn(constant("a"), list(constant("b"), constant("a"))), true],
  ["absent items are left out", list(absent, constant("a")), ["a"]],
  ["absent in a list", isIn(absent, list(constant("a"))), false],
  ["in something absent", isIn(constant("a"), claim("groups", { kind: "set", element: STRING }, "Service")), false],
  ["in a range, both ends", and(isIn(constant(1), range(1, 3)), isIn(constant(3), range(1, 3))), true],
  ["outside a range", or(isIn(constant(0), range(1, 3)), isIn(constant(4), range(1, 3))), false],
  ["a reversed range is empty", or(isIn(constant(4), range(3, 1)), isIn(constant(2), range(3, 1))), false],
  ["a reversed time range goes round midnight", isIn(constant(3600, TIME_OF_DAY), range(79_200, 21_600, TIME_OF_DAY)), true],
  ["and leaves out the day", isIn(constant(43_200, TIME_OF_DAY), range(79_200, 21_600, TIME_OF_DAY)), false],
  ["matches searches", { op: "matches", subject: constant("abc"), pattern: "b" }, true],
  ["matches is Unicode", { op: "matches", subject: constant("😀"), pattern: "^.$" }, true],
  ["absent matches", { op: "matches", subject: absent, pattern: "" }, false],
  ["has", { op: "has", operand: header("y") }, true],
  ["has not", { op: "has", operand: absent }, false],
  ["coalesce", { op: "coalesce", left: absent, right: constant("b") }, "b"],
  ["starts with", { op: "startsWith", subject: constant("abc"), part: constant("ab") }, true],
  ["ends with", { op: "endsWith", subject: constant("abc"), part: constant("ab") }, false],
  ["contains", { op: "contains", subject: constant("abc"), part: constant("b") }, true],
  ["contains something absent", { op: "contains", subject: constant("abc"), part: absent }, false],
  ["lower is ASCII only", { op: "lower", subject: constant("ABÉ\u212a") }, "abÉ\u212a"],
  ["size in code points", { op: "sizeOf", subject: constant("a😀") }, 2],
  ["size of a list", { op: "sizeOf", subject: field(body, "lines") }, 3],
  ["size of something absent", { op: "sizeOf", subject: absent }, undefined],
  ["text of a time", { op: "text", subject: expr({ kind: "time" }, { op: "now" }) }, "2026-01-05T23:30:05.000Z"],
  ["text of a number", { op: "text", subject: constant(1.5, { kind: "decimal" }) }, "1.5"],
  ["text of a Bool", { op: "text", subject: yes }, "true"],
  [
    "text of a UUID",
    { op: "text", subject: constant("0F8FAD5B-D9CB-469F-A165-70867728950E", UUID) },
    "0f8fad5b-d9cb-469f-a165-70867728950e",
  ],
  ["concat", { op: "concat", parts: [constant("a"), constant("b")] }, "ab"],
  ["concat with absent", { op: "concat", parts: [constant("a"), absent] }, undefined],
])("%s", (_, expression, expected) => {
  expect(of(expression)).toEqual(expected);
});

const office = expr(NETWORK, { op: "network", name: "office" });
const algebra = (left: Expr, operator: "+" | "-" | "&", right: Expr): Expr =>
  expr(NETWORK, { op: "networkAlgebra", operator, left, right });
const half = blocks("203.0.113.0/25");
const other = blocks("198.51.100.0/24");

test.each<[string, Expr, string, boolean]>([
  ["a network", office, "203.0.113.9", true],
  ["a network of the other family", office, "2001:db8::1", true],
  ["a mapped address", office, "::ffff:203.0.113.9", true],
  ["a sum", algebra(half, "+", other), "198.51.100.1", true],
  ["a difference", algebra(office, "-", half), "203.0.113.9", false],
  ["a difference's rest", algebra(office, "-", half), "203.0.113.200", true],
  ["an intersection", algebra(office, "&", half), "203.0.113.9", true],
  ["an intersection's outside", algebra(office, "&", half), "203.0.113.200", false],
  ["nested", algebra(algebra(office, "-", half), "+", other), "198.51.100.1", true],
])("%s holds %s", (_, network, address, isInside) => {
  expect(parseAddress(address)).toBeDefined();
  expect(of(isIn(constant(address, IP), network))).toBe(isInside);
});

test("a parameter stands for its user's expression, and that one's parameters for theirs", () => {
  const inner = {
    values: { x: expr(STRING, { op: "param", name: "x" }) },
    around: { values: { x: constant("outer") }, around: undefined },
  };
  expect(evaluate(expr(STRING, { op: "param", name: "x" }), SCENE, inner)).toBe("outer");
});
