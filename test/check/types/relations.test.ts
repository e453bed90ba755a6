/** Which types fit where, what two have in common, and which literals take a type on. */
import { describe, expect, test } from "vitest";
import { assignable } from "../../../compiler/check/types/assignable.ts";
import { fitValue } from "../../../compiler/check/types/fit-value.ts";
import { join } from "../../../compiler/check/types/join.ts";
import { printType } from "../../../compiler/check/types/print-type.ts";
import type { Type, Value } from "../../../compiler/model/types.ts";
import { read } from "./read.ts";

const type = (source: string): Type => read(source).type;

describe("assignable", () => {
  test.each([
    ["String", "String"],
    ["String max 3", "String"],
    ["String max 3", "String max 4"],
    ["String min 2", "String min 1"],
    ["String matches /x/", "String matches /x/"],
    ["Int 1..3", "Int"],
    ["Int 1..3", "Int 0..3"],
    ["Int 1..3", "Int min 1"],
    ["OrderId", "String"],
    ["OrderId", "String max 20"],
    ["OrderId", "OrderId"],
    ["Grade", "String"],
    ['"gold"', "Grade"],
    ["1 | 2", "Int 1..5"],
    ["String", "String?"],
    ["String?", "String?"],
    ["List<OrderId>", "List<String>"],
    ["List<Int> size 1..2", "List<Int> max 2"],
    ["{ a: Int }", "{ a: Int, b: Int? }"],
    ["{ a: Int 1..2 }", "{ a: Int }"],
  ])("%s fits %s", (from, to) => expect(assignable(type(from), type(to))).toBe(true));

  test.each([
    ["String", "String max 3"],
    ["String max 5", "String max 4"],
    ["String", "String min 1"],
    ["String matches /x/", "String matches /y/"],
    ["Int", "Int 1..3"],
    ["Int 0..3", "Int 1..3"],
    ["Int min 1", "Int 1..3"],
    ["Int", "Decimal"],
    ["Int", "Status"],
    ["String", "OrderId"],
    ["UserId", "OrderId"],
    ["AdminId", "UserId"],
    ["String", "Grade"],
    ["Grade", '"gold"'],
    ["1 | 9", "Int 1..5"],
    ["String?", "String"],
    ["String", "Url"],
    ["List<String>", "Set<String>"],
    ["List<String>", "List<OrderId>"],
    ["List<Int>", "List<Int> max 2"],
    ["{ a: Int, c: Int }", "{ a: Int }"],
    ["{ }", "{ a: Int }"],
    ["{ a: Int? }", "{ a: Int }"],
  ])("%s does not fit %s", (from, to) => expect(assignable(type(from), type(to))).toBe(false));

  test("what has a finding already fits everything", () => {
    expect(assignable({ kind: "poison" }, type("Int"))).toBe(true);
    expect(assignable(type("Int"), { kind: "poison" })).toBe(true);
  });
});

describe("join", () => {
  test.each([
    ["Int", "Int", "Int"],
    ["Int 1..3", "Int 2..9", "Int 1..9"],
    ["Int 1..3", "Int min 2", "Int min 1"],
    ["String max 3", "String min 1", "String"],
    ["String", "String?", "String?"],
    ["OrderId", "UserId", "String"],
    ["OrderId", "OrderId?", "OrderId?"],
    ['"a" | "b"', '"b" | "c"', '"a" | "b" | "c"'],
    ['"a"', "String max 0", "String"],
    ["List<Int 1..2>", "List<Int 5..6>", "List<Int 1..6>"],
    ["Int", "String", undefined],
    ["Int", "Decimal", undefined],
    ['"a"', "1", undefined],
    ["List<Int>", "Set<Int>", undefined],
    ["{ a: Int }", "{ b: Int }", undefined],
  ])("%s and %s have %s in common", (a, b, common) => {
    const joined = [join(type(a), type(b)), join(type(b), type(a))].map((found) => found && printType(found));
    expect(joined[0]).toBe(common);
    expect(joined[1]?.length).toBe(common?.length);
  });
});

describe("literals", () => {
  const STRING: Type = { kind: "string" };
  const INT: Type = { kind: "int" };
  const cases: readonly (readonly [value: Value, from: Type, to: string, result: string])[] = [
    [5, INT, "Int 1..5", "5"],
    [6, INT, "Int 1..5", "the largest is 5"],
    [0, INT, "Int 1..5", "the smallest is 1"],
    [5, INT, "Decimal", "5"],
    [0.5, { kind: "decimal" }, "Int", "alien"],
    [5, INT, "String", "alien"],
    ["ord_1", STRING, "OrderId", '"ord_1"'],
    ["x", STRING, "OrderId", "it does not match `/^ord_/`"],
    ["ord_".padEnd(21, "x"), STRING, "OrderId", "it has 21 characters, at most 20 are allowed"],
    ["😀😀", STRING, "String max 2", '"😀😀"'],
    ["", STRING, "String min 1", "it has 0 characters, at least 1 are needed"],
    ["gold", STRING, "Grade", '"gold"'],
    ["gould", STRING, "Grade", "only these can occur (gold)"],
    [404, INT, "Status", "404"],
    [99, INT, "Status", "a status is a number from 100 to 599"],
    ["https://a.example/x?y=1", STRING, "Url", '"https://a.example/x?y=1"'],
    ["ftp://a.example", STRING, "Url", "it is not an absolute URL such as `https://shop.example`"],
    ["a.internal:80/x", STRING, "Url", "it is not an absolute URL such as `https://shop.example` (http://a.internal:80/x)"],
    ["a b", STRING, "Url", "it is not an absolute URL such as `https://shop.example`"],
    ["111122223333", STRING, "AccountId", '"111122223333"'],
    ["ABCDEF01-2345-6789-abcd-ef0123456789", STRING, "Uuid", '"abcdef01-2345-6789-abcd-ef0123456789"'],
    ["Europe/Berlin", STRING, "Zone", '"Europe/Berlin"'],
    ["Europe/Berln", STRING, "Zone", "there is no time zone of that name (Europe/Berlin)"],
    ["+02:00", STRING, "Zone", "there is no time zone of that name"],
    ["GET", STRING, "Method", "alien"],
    ["10.0.0.1", STRING, "Ip", "alien"],
    [[1, 2], { kind: "list", element: INT }, "List<Int> size 1..2", "[1,2]"],
    [[1, 2, 3], { kind: "list", element: INT }, "List<Int> size 1..2", "it has 3 elements, and `List<Int> size 1..2` is expected"],
    [[1, 1], { kind: "list", element: INT }, "Set<Int>", "a set holds `1` only once"],
    [{ a: 1 }, { kind: "record", fields: [{ name: "a", type: INT }] }, "{ a: Int, b: Int? }", '{"a":1}'],
    [{ a: 1 }, { kind: "record", fields: [{ name: "a", type: INT }] }, "Map<Int>", '{"a":1}'],
    [{ a: 1 }, { kind: "record", fields: [{ name: "a", type: INT }] }, "{ a: String }", "`a` is to be `String`"],
    [{ a: 1 }, { kind: "record", fields: [{ name: "a", type: INT }] }, "{ aa: Int }", "`{ aa: Int }` has no `a` (aa)"],
    [{}, { kind: "record", fields: [] }, "{ a: Int }", "`a` is missing"],
  ];
  test.each(cases.map(([value, from, to, result]) => ({ value, from, to, result })))(
    "$value as $to: $result",
    ({ value, from, to, result }) => {
      const fit = fitValue(value, from, type(to));
      const meant = fit.kind === "outside" && fit.meant !== undefined ? ` (${fit.meant})` : "";
      const got = fit.kind === "fits" ? JSON.stringify(fit.value) : fit.kind === "outside" ? fit.why + meant : fit.kind;
      expect(got).toBe(result);
    },
  );
});
