import { describe, expect, test } from "vitest";
import { parse, shape, treeOf } from "./tree.ts";

const cases = (rows: readonly (readonly [string, string])[]): void => {
  test.each(rows)("%s", (written, expected) => {
    expect(shape(written)).toBe(expected);
  });
};

describe("terms stand side by side", () => {
  cases([
    ["retry 2 on [a, 502] when idempotent", "retry! int`2` on [a, int`502`] when idempotent"],
    ['GET "/x" -> orders { allow }', 'GET! "/x" -> orders {allow!}'],
    ["amount: Int 1..5", "amount: Int (int`1` .. int`5`)"],
    ['host: stage { dev: "a", prod: "b" }', 'host: stage {dev: "a" ; prod: "b"}'],
    ["env A: B = c", "env! A : B = c"],
    ['"q" as name: Set<String>', '"q" as name: Set<String>'],
    ['"q": 1', '"q": int`1`'],
    ["as: 1", "as: int`1`"],
    ['because: "x"', 'because: "x"'],
  ]);
});

describe("calls and type arguments touch their name", () => {
  cases([
    ["x f(a)", "x! f(a)"],
    ["x when (a)", "x! when pa"],
    ["x f()", "x! f()"],
    ["x f(a,)", "x! f(a)"],
    ['x a.b.c("z").d', 'x! a.b.c("z").d'],
    ["x f(net: Network = office, b c)", "x! f(net: Network = office, b c)"],
    ["x Map<String, List<Int 1..3>>", "x! Map<String, List<Int (int`1` .. int`3`)>>"],
    ["env X: List<Int>= [1]", "env! X : List<Int> = [int`1`]"],
    ["x List<{ a: Int }> size 1..2", "x! List<{a: Int}> size (int`1` .. int`2`)"],
    ["x when A < b", "x! when (A < b)"],
    ["x when a<b", "x! when (a < b)"],
    ["x when not(a)", "x! when (not pa)"],
  ]);
});

describe("signs, options, constraints", () => {
  cases([
    ["x Int -5..5", "x! Int ((- int`5`) .. int`5`)"],
    ["x = -5", "x! = (- int`5`)"],
    ["x a - 5", "x! (a - int`5`)"],
    ["x a-5", "x! (a - int`5`)"],
    ["x office - vpn", "x! (office - vpn)"],
    ["x String? y", "x! String? y"],
    ["x Set<Int>?", "x! Set<Int>?"],
    ["sku: String max 40 matches /x/", "sku: String max int`40` matches regex`x`"],
    ["x String matches /x/", "x! String matches regex`x`"],
    ["x String? matches /x/", "x! String? matches regex`x`"],
    ["x path matches /x/", "x! (path matches regex`x`)"],
    ["x a.b matches /x/ and c", "x! ((a.b matches regex`x`) and c)"],
  ]);
});

describe("entries", () => {
  cases([
    ["network office { 203.0.113.0/24, vpn, a - b }", "network! office {cidr`203.0.113.0/24` ; vpn! ; (a - b)}"],
    ["i { a.b == c and d implies e }", "i! {(((a.b == c) and d) implies e)}"],
    ["tag data: a | b", "tag! data : (a | b)"],
    ["f(x) y", "f(x) y"],
    ["x [{ a: 1 }, { }]", "x! [record{a: int`1`}, record{}]"],
    ["x = a ?? { b: 1 }", "x! = (a ?? record{b: int`1`})"],
    ["t { | a b | |\n| 1 | f(x | y) | }", "t! {row <a b><> ; row <int`1`><f((x | y))>}"],
  ]);

  test("documentation goes to the entry right below", () => {
    expect(treeOf("/// one\n///  two\nlet x\n//// no\nlet y\n/// three\na: { /// four\n  /// five\n  b: 1 }")).toMatchObject({
      entries: [{ doc: "one\n two" }, { word: { name: "let" } }, { doc: "three", value: { terms: [{ entries: [{ doc: "five" }] }] } }],
    });
  });

  test("a statement's span covers its words, a phrase's its terms", () => {
    const [entry] = parse("  deny when a and b // why").file.entries;
    expect(entry).toMatchObject({ span: { start: 2, end: 19 }, phrase: { span: { start: 7, end: 19 } } });
  });
});

describe("lines", () => {
  cases([
    ["x a\n  and b\n  implies d", "x! ((a and b) implies d)"],
    ['deny a\n  because "x"', 'deny! a because "x"'],
    ["x a\n  ?? b", "x! (a ?? b)"],
    ["x a\n  -> b", "x! a -> b"],
    ["x = if a\n  then b\n  else c", "x! = (if a b c)"],
    ['type A = "a"\n  | "b"\n  | "c"', 'type! A = (("a" | "b") | "c")'],
    ["x (a\n or\n b)", "x! p(a or b)"],
    ["x [\n a,\n\n b\n]", "x! [a, b]"],
    ["x f(\n a,\n b: 1\n)", "x! f(a, b: int`1`)"],
    ["x f({\n a: 1\n b: 2 })", "x! f({a: int`1` ; b: int`2`})"],
    ["a\n\n// c\nb, c,\nd", "a! ; b! ; c! ; d!"],
    ["x {\n}\ny", "x! {} ; y!"],
    ["a\r\nb\r\n", "a! ; b!"],
    ["a\nbecause: 1", "a! ; because: int`1`"],
    ["t {\n  | a |\n  | b |\n}", "t! {row <a> ; row <b>}"],
    ["t {\n  a: b\n  | c\n}", "t! {a: (b | c)}"],
  ]);
});
