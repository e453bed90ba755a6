import { describe, expect, test } from "vitest";
import { parseSource, printFile, sourceFile } from "../../grammar/index.ts";
import { SAMPLE } from "./sample.ts";
import { treeOf, withoutSpans } from "./tree.ts";

const print = (text: string): string => {
  const source = sourceFile("test.gwl", text);
  return printFile(parseSource(source).value, source);
};

const CASES: readonly (readonly [string, string, string])[] = [
  ["white space", "let   x=  5\n\n\n\nlet y\n", "let x = 5\n\nlet y\n"],
  ["one-line blocks stay", "a {b:1,c:2,}", "a { b: 1, c: 2 }\n"],
  ["broken blocks stay", "a {b:1\n c:2, d }", "a {\n  b: 1\n  c: 2\n  d\n}\n"],
  ["empty blocks", "a {\n}\nb { }", "a {}\nb {}\n"],
  ["tables", "t {\n|a|bbb|\n|cc||\n}", "t {\n  | a  | bbb |\n  | cc |     |\n}\n"],
  ["tight operators", "a  Int 1 .. 5\nb x . y ( z )", "a Int 1..5\nb x.y (z)\n"],
  ["signs", "a Int -5..-1", "a Int -5..-1\n"],
  ["breaks before operators", "a b\nand c and d\nbecause e", "a b\n  and c\n  and d\n  because e\n"],
  ["lists that were broken", "a [\n1,2]", "a [\n  1,\n  2\n]\n"],
  ["escapes", String.raw`a "\u{7}\u{1F600}\u{200B}\n"`, `a "\\u{7}\u{1F600}\\u{200B}\\n"\n`],
  ["comments behind lines", "a // x\n\n// y\nb {// z\n  c // v\n\n  // w\n}", "a // x\n\n// y\nb { // z\n  c // v\n\n  // w\n}\n"],
  ["comments in lists", "a [ // x\n 1, // y\n // z\n 2 // v\n]", "a [ // x\n  1, // y\n  // z\n  2 // v\n]\n"],
  ["comments between continued lines", "a b // x\n  // y\n  and c", "a b // x\n  // y\n  and c\n"],
  ["comments in cells", "t {\n| (a // x\n) | b |\n}", "t {\n  | (a) | b |\n  // x\n}\n"],
  ["a file of comments", "// a\n\n\n// b", "// a\n\n// b\n"],
  ["nothing", "\n\n", ""],
];

describe("canonical text", () => {
  test.each(CASES)("%s", (_, written, expected) => {
    expect(print(written)).toBe(expected);
    expect(print(expected)).toBe(expected);
    expect(treeOf(expected)).toEqual(treeOf(written));
  });

  test("what does not fit is broken: a block into lines, a row of operators before each, a list by items", () => {
    const long = "x".repeat(50);
    expect(print(`a { ${long}: 1, ${long}y: 2, z: 3 }`)).toBe(`a {\n  ${long}: 1\n  ${long}y: 2\n  z: 3\n}\n`);
    expect(print(`a ${long} and ${long} and ${long}`)).toBe(`a ${long}\n  and ${long}\n  and ${long}\n`);
    expect(print(`a [${long}, ${long}, ${long}]`)).toBe(`a [\n  ${long},\n  ${long},\n  ${long}\n]\n`);
    expect(print(`a ${long} ${long} because "${long}"`)).toBe(`a ${long} ${long}\n  because "${long}"\n`);
  });

  test("the sample keeps its tree, its comments and its own text when printed again", () => {
    const printed = print(SAMPLE);
    expect(treeOf(printed)).toEqual(treeOf(SAMPLE));
    expect(print(printed)).toBe(printed);
    expect(printed.match(/\/\/.*/g)?.map((comment) => comment.trim())).toEqual(SAMPLE.match(/\/\/.*/g)?.map((comment) => comment.trim()));
  });

  test("documentation of a tree that a program made is written", () => {
    const { value } = parseSource(sourceFile("test.gwl", "/// one\n/// two\nlet x = 1"));
    const printed = printFile(value, sourceFile("test.gwl", ""));
    expect(printed).toBe("/// one\n/// two\nlet x = 1\n");
    expect(withoutSpans(parseSource(sourceFile("test.gwl", printed)).value)).toEqual(withoutSpans(value));
  });
});
