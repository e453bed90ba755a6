/** Types as written. Each row: source, then the type as it prints, or the findings with what they underline. */
import { describe, expect, test } from "vitest";
import { printType } from "../../../compiler/check/types/print-type.ts";
import { outcome, read } from "./read.ts";

const CASES: Readonly<Record<string, readonly (readonly [source: string, outcome: string])[]>> = {
  "built-in types": [
    ["Bool", "Bool"],
    ["Int", "Int"],
    ["Decimal", "Decimal"],
    ["String", "String"],
    ["Duration", "Duration"],
    ["Rate", "Rate"],
    ["Size", "Size"],
    ["Percent", "Percent"],
    ["Time", "Time"],
    ["TimeOfDay", "TimeOfDay"],
    ["Ip", "Ip"],
    ["Network", "Network"],
    ["Method", "Method"],
    ["Status", "Status"],
    ["Url", "Url"],
    ["Arn", "Arn"],
    ["AccountId", "AccountId"],
    ["Uuid", "Uuid"],
    ["Regex", "Regex"],
    ["Zone", "Zone"],
  ],
  constraints: [
    ["Int 1..5", "Int 1..5"],
    ["Int -5..5", "Int -5..5"],
    ["Int min 1", "Int min 1"],
    ["Int max 9", "Int max 9"],
    ["Int min -3 max 3", "Int -3..3"],
    ["Decimal 0..1", "Decimal 0..1"],
    ["Decimal 0.5..1.5", "Decimal 0.5..1.5"],
    ["String max 40", "String max 40"],
    ["String min 1 max 40", "String min 1 max 40"],
    ["String matches /^a\\/b$/", "String matches /^a\\/b$/"],
    ["String min 1 max 40 matches /re/", "String min 1 max 40 matches /re/"],
    ["List<String> size 1..200", "List<String> size 1..200"],
    ["Set<Int> max 5", "Set<Int> max 5"],
    ["Map<Bool> min 1", "Map<Bool> min 1"],
  ],
  "collections, records, unions, optionals": [
    ["List<String>", "List<String>"],
    ["Set<Ip>", "Set<Ip>"],
    ["Map<Int>", "Map<Int>"],
    ["List<List<String max 3>>", "List<List<String max 3>>"],
    ["List<{ a: Int }>", "List<{ a: Int }>"],
    ["{ a: Int, b: String? }", "{ a: Int, b: String? }"],
    ["{ a: { b: Int }? }", "{ a: { b: Int }? }"],
    ['{ "x-y": Int, c: { d: Bool } }', '{ "x-y": Int, c: { d: Bool } }'],
    ["{ }", "{ }"],
    ['"EUR" | "USD"', '"EUR" | "USD"'],
    ['"one"', '"one"'],
    ["1 | 2 | -3", "1 | 2 | -3"],
    ['("a" | "b")', '"a" | "b"'],
    ['("a" | "b")?', '("a" | "b")?'],
    ["String?", "String?"],
    ["String? max 40", "String? max 40"],
    ["List<String>? size 1..2", "List<String>? size 1..2"],
    ["Grade?", '("basic" | "gold")?'],
  ],
  "declared types": [
    ["OrderId", "OrderId"],
    ["UserId", "UserId"],
    ["AdminId", "AdminId"],
    ["Grade", '"basic" | "gold"'],
    ["Line", "{ sku: String, qty: Int 1..9 }"],
    ["Ids", "Set<UserId>"],
    ["Year", "Year"],
    ["List<Line>", "List<{ sku: String, qty: Int 1..9 }>"],
    ["{ id: OrderId, grade: Grade? }", '{ id: OrderId, grade: ("basic" | "gold")? }'],
  ],
  "names and arguments": [
    ["Strng", "unknown-type @ Strng"],
    ["OrderID", "unknown-type @ OrderID"],
    ["List", "wrong-type-arguments @ List"],
    ["Set<Set<Int>>", "wrong-set-element @ Set<Int>"],
    ["Set<{ a: Int }>", "wrong-set-element @ { a: Int }"],
    ["List<Int, String>", "wrong-type-arguments @ List<Int, String>"],
    ["Map<String, Int>", "wrong-type-arguments @ Map<String, Int>"],
    ["Int<String>", "wrong-type-arguments @ Int<String>"],
    ["Foo<Int>", "unknown-type @ Foo"],
    ["List<Strng>", "unknown-type @ Strng"],
  ],
  "constraints that do not belong": [
    ["Bool 1..5", "wrong-constraint @ 1..5"],
    ["String 1..40", "wrong-constraint @ 1..40"],
    ["Int matches /x/", "wrong-constraint @ /x/"],
    ["Ip max 3", "wrong-constraint @ max 3"],
    ["OrderId max 3", "wrong-constraint @ max 3"],
    ["Grade max 3", "wrong-constraint @ max 3"],
    ["Int maks 4", "unknown-constraint @ maks"],
    ["Int foo", "unknown-constraint @ foo"],
    ["Int max", "literal-expected @ max"],
    ['Int max "a"', 'literal-expected @ max "a"'],
    ["String max -1", "literal-expected @ max -1"],
    ["List<Int> size 5", "literal-expected @ size 5"],
    ["List<Int> 1..5", "wrong-constraint @ 1..5"],
    ['String matches "x"', 'literal-expected @ matches "x"'],
    ["Int max 4 max 5", "repeated-constraint @ max 5"],
    ["Int 1..5 min 2", "repeated-constraint @ min 2"],
    ["Int 5..1", "empty-range @ 5..1"],
    ["String min 5 max 1", "empty-range @ min 5 max 1"],
    ["Int 0.5..1", "literal-expected @ 0.5..1"],
    ['Int "a".."b"', 'literal-expected @ "a".."b"'],
    ["Int max 99999999999999999999", "number-too-large @ 99999999999999999999"],
    ["String matches /(/", "invalid-regex @ /(/"],
    ["Int 5", "unknown-constraint @ 5"],
  ],
  optionals: [
    ["List<String?>", "optional-element @ String?"],
    ["Map<Int?>", "optional-element @ Int?"],
    ["(String?)?", "repeated-optional @ (String?)?"],
    ["Int 0..100?", "misplaced-optional @ ?"],
    ["String max 5?", "misplaced-optional @ ?"],
    ["String matches /x/?", "misplaced-optional @ ?"],
    ["List<Int> size 0..3?", "misplaced-optional @ ?"],
  ],
  unions: [
    ['"a" | 1', "wrong-union @ 1"],
    ["String | Int", "wrong-union @ String"],
    ['"a" | "b" | "a"', 'repeated-literal @ "a"'],
    ['"a" | 0.5', "wrong-union @ 0.5"],
  ],
  records: [
    ["{ a: Int, a: String }", "repeated-field @ a"],
    ["{ a: Int, deny when x }", "wrong-field @ deny when x"],
    ['{ "__proto__": Int }', 'forbidden-field @ "__proto__"'],
    ["{ a: Foo, b: Bar }", "unknown-type @ Foo; unknown-type @ Bar"],
    ['{ "x" as y: Int }', 'wrong-field @ "x" as y: Int'],
  ],
  "what is no type": [
    ["5s", "type-expected @ 5s"],
    ["true", "type-expected @ true"],
    ["a.b", "type-expected @ a.b"],
    ["path", "unknown-type @ path"],
    ["=", "type-expected @ ="],
    ["not Int", "type-expected @ not Int"],
  ],
};

for (const [title, rows] of Object.entries(CASES)) {
  describe(title, () => test.each(rows)("%s", (source, expected) => expect(outcome(source)).toBe(expected)));
}

describe("what a type holds", () => {
  test("bounds, lengths, sizes and patterns are kept", () => {
    expect(read("{ a: Int 1..5, b: String? min 1 max 4 matches /x/, c: Set<Ip> size 1..2 }").type).toEqual({
      kind: "record",
      fields: [
        { name: "a", type: { kind: "int", min: 1, max: 5 } },
        { name: "b", type: { kind: "optional", type: { kind: "string", minLength: 1, maxLength: 4, pattern: "x" } } },
        { name: "c", type: { kind: "set", element: { kind: "ip" }, minSize: 1, maxSize: 2 } },
      ],
    });
  });

  test("a name for a scalar is a newtype of the plain base, also when it names a newtype", () => {
    expect(read("AdminId").type).toEqual({ kind: "newtype", name: "AdminId", base: { kind: "string" } });
    expect(read("OrderId").type).toEqual({ kind: "newtype", name: "OrderId", base: { kind: "string", maxLength: 20, pattern: "^ord_" } });
  });

  test("a type without any term is a finding at the place around", () => {
    expect(read("").found.map((found) => [found.name, found.span.start])).toEqual([["type-expected", 8]]);
  });
});

describe("printed types", () => {
  const readable = Object.values(CASES)
    .flat()
    .filter(([, printed]) => !printed.includes(" @ "));
  test.each(readable)("%s prints so that it reads the same", (source) => {
    const { type } = read(source);
    expect(read(printType(type)).type).toEqual(type);
  });
});
