import { describe, expect, test } from "vitest";
import { LIMITS, parseSource, sourceFile, visit } from "../../grammar/index.ts";
import { parse } from "./tree.ts";

const codes = (text: string): readonly string[] => parseSource(sourceFile("test.gwl", text)).diagnostics.map((found) => found.code);

describe("what is too much ends in a named finding", () => {
  test.each([
    ["parentheses", `x ${"(".repeat(100_000)}a${")".repeat(100_000)}`],
    ["blocks", `x ${"{ a ".repeat(5_000)}${"}".repeat(5_000)}`],
    ["lists", `x ${"[".repeat(65)}${"]".repeat(65)}`],
    ["conditionals", `x ${"if a then b else ".repeat(10_000)}c`],
    ["conditions of conditionals", `x ${"if ".repeat(10_000)}c`],
    ["negations", `x ${"not ".repeat(100_000)}a`],
    ["types", `x ${"List<".repeat(6_000)}Int${">".repeat(6_000)}`],
    ["types in calls", `x ${`${"List<".repeat(60)}f(`.repeat(60)}a${`)${">".repeat(60)}`.repeat(60)}`],
    ["conditionals in brackets", `x ${`${"if a then b else ".repeat(60)}(`.repeat(60)}a${")".repeat(60)}`],
  ])("nested %s", (_, text) => {
    expect(codes(text)).toEqual(["GWL1004"]);
  });

  test("64 levels are allowed", () => {
    expect(codes(`x ${"(".repeat(LIMITS.depth)}a${")".repeat(LIMITS.depth)}`)).toEqual([]);
    expect(codes(`x ${"if a then b else ".repeat(LIMITS.depth)}c`)).toEqual([]);
    expect(codes(`x ${"not ".repeat(LIMITS.depth)}a`)).toEqual([]);
    expect(codes(`x ${"List<".repeat(LIMITS.depth)}Int${">".repeat(LIMITS.depth)}`)).toEqual([]);
  });

  test.each([
    ["operators", `x a${" + a".repeat(100_000)}`],
    ["right-grouping operators", `x a${" implies a".repeat(100_000)}`],
    ["dots", `x a${".a".repeat(100_000)}`],
    ["option marks", `x A${"?".repeat(100_000)}`],
    ["operators in brackets", `x ${`(a${" + a".repeat(60)} + `.repeat(20)}b${")".repeat(20)}`],
  ])("too many %s", (_, text) => {
    expect(codes(text)).toContain("GWL1005");
    expect(codes(text).filter((code) => code !== "GWL1005" && code !== "GWL1302" && code !== "GWL1309")).toEqual([]);
  });

  test("an open bracket nested too deep is told as well", () => {
    expect(codes("(".repeat(200)).filter((code) => code === "GWL1004")).toHaveLength(1);
  });

  test("a long literal", () => {
    expect(codes(`x "${"a".repeat(LIMITS.literal - 2)}"`)).toEqual([]);
    expect(codes(`x "${"a".repeat(LIMITS.literal)}"`)).toEqual(["GWL1003"]);
    expect(codes(`x ${"9".repeat(LIMITS.literal + 1)}`)).toEqual(["GWL1003"]);
  });

  test("a large file and too many tokens", () => {
    expect(codes(" ".repeat(LIMITS.file + 1))).toEqual(["GWL1001"]);
    expect(codes("a\n".repeat(LIMITS.tokens))).toEqual(["GWL1002"]);
  });
});

test("offsets stay right in a file that is read in slices", () => {
  const text = `${"let a = 1\n".repeat(60_000)}let marked = 2 ?\n`;
  expect(parse(text).findings).toEqual(["60001:16 GWL1302 expected a value or a word, found `?`"]);
});

test("visit meets every node once and can leave parts out", () => {
  const { file } = parse("a: f(x, y: [1, { b: c }])\n| d\nx if p then q else r");
  const met: string[] = [];
  visit(file, (node) => {
    met.push(node.kind === "name" ? node.name : node.kind);
    return node.kind !== "record";
  });
  expect(met.join(" ")).toBe("file setting a binary call f x y list int record d statement x if p q r");
});
