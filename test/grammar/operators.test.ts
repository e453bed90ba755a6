import { describe, expect, test } from "vitest";
import { parseSource, sourceFile } from "../../grammar/index.ts";
import { parse, shape } from "./tree.ts";

const grouped = (written: string): string => shape(`x ${written}`).replace("x! ", "");

describe("precedence", () => {
  test.each([
    ["a implies b implies c", "(a implies (b implies c))"],
    ["a or b implies c", "((a or b) implies c)"],
    ["a or (b and c)", "(a or p(b and c))"],
    ["a or b or c", "((a or b) or c)"],
    ["not a and b", "((not a) and b)"],
    ["not a == b and c", "((not (a == b)) and c)"],
    ["not not a", "(not (not a))"],
    ["not has a", "(not (has a))"],
    ["has a.b and c", "((has a.b) and c)"],
    ["a and not b in c", "(a and (not (b in c)))"],
    ["a == not b", "(a == (not b))"],
    ["a ?? b == c", "((a ?? b) == c)"],
    ["a ?? b ?? c", "(a ?? (b ?? c))"],
    ["a | b ?? c", "((a | b) ?? c)"],
    ["a + b - c & d | e", "((((a + b) - c) & d) | e)"],
    ["a in 1..2 + 3", "(a in ((int`1` .. int`2`) + int`3`))"],
    ["a is B and c is D", "((a is B) and (c is D))"],
    ["if a and b then c else d or e", "(if (a and b) c (d or e))"],
    ["if a then b else if c then d else e when f", "(if a b (if c d e)) when f"],
    ["a + if b then c else d", "(a + (if b c d))"],
  ])("%s", (written, expected) => {
    expect(grouped(written)).toBe(expected);
  });
});

describe("mixed `and` and `or`", () => {
  const fixed = (text: string): string => {
    const [found] = parseSource(sourceFile("test.gwl", text)).diagnostics;
    const edits = (found?.fixes[0]?.edits ?? []).toSorted((a, b) => b.span.start - a.span.start);
    return edits.reduce((rest, { span, text: insert }) => rest.slice(0, span.start) + insert + rest.slice(span.end), text);
  };

  test.each([
    ["x a and b or c", "x (a and b) or c"],
    ["x a or b and c and d", "x a or (b and c and d)"],
    ["x a and b or c and d", "x (a and b) or (c and d)"],
  ])("the fix of %s is %s", (written, expected) => {
    expect(fixed(written)).toBe(expected);
    expect(parse(expected).findings).toEqual([]);
  });

  test("both operators are shown", () => {
    const [found] = parseSource(sourceFile("test.gwl", "x a and b or c")).diagnostics;
    expect(found).toMatchObject({ code: "GWL1307", span: { start: 10, end: 12 }, related: [{ span: { start: 4, end: 7 } }] });
  });
});

test("comparisons do not chain", () => {
  expect(parse("x a < b < c").findings).toEqual(["1:9 GWL1306 comparisons do not chain: `<` follows `<`"]);
  expect(parse("x a == b is C").findings).toEqual(["1:10 GWL1306 comparisons do not chain: `is` follows `==`"]);
  expect(parse("x (a < b) == c").findings).toEqual([]);
});
