/** What the compiler computes ahead of requests, and what it leaves to them. */
import { expect, test } from "vitest";
import { constantOperation } from "../../compiler/model/constant-operation.ts";
import type { Expr } from "../../compiler/model/expression.ts";
import type { Type, Value } from "../../compiler/model/types.ts";

const span = { file: "", start: 0, end: 0 };
const bool: Type = { kind: "bool" };
const of = (type: Type, value: Value): Expr => ({ op: "const", type, value, span });
const compared = (operator: "==" | "<", type: Type, left: Value, right: Value): Value | undefined =>
  constantOperation({ op: "compare", operator, left: of(type, left), right: of(type, right), type: bool, span }, [left, right]);

test("numbers are ordered by size, texts by code units", () => {
  expect(compared("<", { kind: "int" }, 9, 10)).toBe(true);
  expect(compared("<", { kind: "string" }, "9", "10")).toBe(false);
  expect(compared("<", { kind: "newtype", name: "Age", base: { kind: "duration" } }, 60_000, 59_999)).toBe(false);
});

test("values with several texts, or with parts, are left to the gateway", () => {
  const lower = "aaaaaaaa-0000-4000-8000-000000000000";
  expect(compared("==", { kind: "uuid" }, lower, lower.toUpperCase())).toBeUndefined();
  expect(compared("==", { kind: "list", element: { kind: "int" } }, [1], [1])).toBeUndefined();
});

test("an array is a collection only where its type says so", () => {
  const within = (collection: Type): Value | undefined =>
    constantOperation({ op: "in", element: of({ kind: "int" }, 2), collection: of(collection, [1, 3]), type: bool, span }, [2, [1, 3]]);
  expect(within({ kind: "set", element: { kind: "int" } })).toBe(false);
  expect(within({ kind: "range", element: { kind: "int" } })).toBeUndefined();
});

test("a text's size counts code points, a list's its elements; a time's text is a date, which is not its value", () => {
  const size = (type: Type, value: Value): Value | undefined =>
    constantOperation({ op: "sizeOf", subject: of(type, value), type: { kind: "int" }, span }, [value]);
  expect(size({ kind: "string" }, "a😀")).toBe(2);
  expect(size({ kind: "list", element: { kind: "string" } }, ["a", "a"])).toBe(2);
  const text: Expr = { op: "text", subject: of({ kind: "time" }, 0), type: { kind: "string" }, span };
  expect(constantOperation(text, [0])).toBeUndefined();
});
