import { describe, expect, test } from "vitest";
import { parseSource, SYNTAX_DIAGNOSTICS, sourceFile } from "../../grammar/index.ts";
import { parse } from "./tree.ts";

const GOLDEN: readonly (readonly [string, readonly string[]])[] = [
  ["x = -y", ["1:5 GWL1302 expected a value or a word, found `-`"]],
  ["x not", ["1:3 GWL1301 expected a value after `not`, found the end of the file"]],
  ["x has not a", ["1:3 GWL1301 expected a value after `has`, found `not`"]],
  ["x a and == b", ["1:5 GWL1301 expected a value after `and`, found `==`"]],
  [
    "x a &&  b || c",
    ["1:5 GWL1204 `&&` is written `and`", "1:11 GWL1204 `||` is written `or`", "1:11 GWL1307 `and` and `or` are mixed without parentheses"],
  ],
  ["x ()", ["1:4 GWL1309 expected a value, found `)`"]],
  ["x f(,)", ["1:5 GWL1309 expected a value, found `,`"]],
  ["x [a,,b]", ["1:6 GWL1309 expected a value, found `,`"]],
  ["x [a b]", ["1:6 GWL1308 expected `,` or `]`, found `b`"]],
  ["x (a, b)", ["1:5 GWL1308 expected `)`, found `,`"]],
  ["x (a b)", ["1:6 GWL1308 expected `)`, found `b`"]],
  ["x List<>", ["1:8 GWL1309 expected a value, found `>`"]],
  ["x a.List<Int>", ["1:9 GWL1312 only the name of a type takes arguments in `<` and `>`"]],
  ["x a ?", ["1:5 GWL1302 expected a value or a word, found `?`"]],
  ["x if", ["1:3 GWL1303 expected a condition after `if`, found the end of the file"]],
  ["x if a\nlet y", ["1:6 GWL1303 expected `then` and a value, found the end of the line"]],
  ["x if a then b else", ["1:15 GWL1303 expected a value after `else`, found the end of the file"]],
  ["x a is 5", ["1:5 GWL1310 expected a name after `is`, found `5`"]],
  ["x a.in", ["1:5 GWL1305 `in` is a word of the language and cannot be the name of a field"]],
  ["t { | a | b\n }", ["1:11 GWL1311 expected `|` at the end of this row, found the end of the line"]],
  ["x;", ["1:2 GWL1101 `;` has no meaning here"]],
  ["x é", ["1:3 GWL1101 `é` has no meaning here"]],
  ["x \u00A0y", ["1:3 GWL1101 `U+00A0` has no meaning here"]],
  ['x "a\\q"', ["1:5 GWL1103 `\\q` is no escape"]],
  ['x "\\u{110000}"', ["1:4 GWL1103 `\\u{110000}` is no escape"]],
  ['x, because "y"', ["1:4 GWL1302 expected a value or a word, found `because`"]],
  ["-> x", ["1:1 GWL1302 expected a value or a word, found `->`"]],
  ["and", ["1:1 GWL1302 expected a value or a word, found `and`"]],
  ["then: 1", ["1:1 GWL1305 `then` is a word of the language and cannot be the name of a setting"]],
];

describe("messages in the user's words", () => {
  test.each(GOLDEN)("%j", (text, expected) => {
    expect(parse(text).findings).toEqual(expected);
  });

  test("the help names what to do", () => {
    const helpOf = (text: string): string | undefined => parseSource(sourceFile("test.gwl", text)).diagnostics[0]?.help;
    expect(helpOf("x a and\nlet y")).toBe("complete the expression; a line is continued by a next line that begins with the operator");
    expect(helpOf("let x = 1;")).toBe("statements end at the end of the line or with a comma; leave the `;` away");
    expect(helpOf("x A<b")).toBe("close them, as in `List<String>`; to compare, put spaces around `<`");
    expect(helpOf("x = -y")).toMatch(/^only a number literal may have a sign, as in `-5`;/);
  });
});

describe("the catalogue", () => {
  test("codes and names are unique and all GWL1xxx", () => {
    expect(new Set(SYNTAX_DIAGNOSTICS.map((kind) => kind.code)).size).toBe(SYNTAX_DIAGNOSTICS.length);
    expect(new Set(SYNTAX_DIAGNOSTICS.map((kind) => kind.name)).size).toBe(SYNTAX_DIAGNOSTICS.length);
    expect(SYNTAX_DIAGNOSTICS.filter((kind) => !/^GWL1\d{3}$/.test(kind.code))).toEqual([]);
  });
});
