import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { automatonOf } from "../../compiler/check/program/overlap/automaton.ts";
import { commonText, type Overlap } from "../../compiler/check/program/overlap/common-text.ts";
import { intPattern } from "../../compiler/check/program/overlap/int-pattern.ts";
import { parsePattern } from "../../compiler/check/program/overlap/pattern-tree.ts";
import { typeLanguage } from "../../compiler/check/program/overlap/type-language.ts";
import { parseAddress } from "../../compiler/model/address-text.ts";

function overlap(left: string, right: string): Overlap {
  const [a, b] = [left, right].map((pattern) => {
    const tree = parsePattern(pattern);
    return tree && automatonOf(tree);
  });
  return a && b
    ? commonText(
        { automaton: a, shortest: 0, longest: Number.POSITIVE_INFINITY },
        { automaton: b, shortest: 0, longest: Number.POSITIVE_INFINITY },
      )
    : { kind: "unknown" };
}

/** Small patterns over a small alphabet, so that all short texts can be tried. */
const pattern: fc.Arbitrary<string> = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom("a", "b", "c", "[ab]", "[^a]", ".", "\\w", "^", "$"),
    fc.tuple(tie("node"), tie("node")).map(([left, right]) => left + right),
    fc.tuple(tie("node"), tie("node")).map(([left, right]) => `(?:${left}|${right})`),
    fc.tuple(tie("node"), fc.constantFrom("*", "+", "?", "{2}", "{0,2}", "{1,}")).map(([inner, count]) => `(?:${inner})${count}`),
  ),
})).node;

const texts: readonly string[] = (() => {
  const all = [""];
  for (const text of all) if (text.length < 5) all.push(...["a", "b", "c"].map((letter) => text + letter));
  return all.slice(1);
})();

describe("the common text of two patterns", () => {
  test("is one that both find, and there is one whenever a short text fits both", () => {
    fc.assert(
      fc.property(pattern, pattern, (left, right) => {
        const [mine, theirs] = [new RegExp(left, "u"), new RegExp(right, "u")];
        const found = overlap(left, right);
        if (found.kind === "text") return mine.test(found.text) && theirs.test(found.text);
        return found.kind === "none" && !texts.some((text) => mine.test(text) && theirs.test(text));
      }),
      { numRuns: 500 },
    );
  });

  test("is a proof also for classes, escapes and counts as users write them", () => {
    expect(overlap("^\\d{3}-\\p{Lu}$", "^[^-]+-[^\\w]?.$")).toEqual({ kind: "text", text: "000-A" });
    expect(overlap("^[\\u{1F600}-\\u{1F64F}]$", "^\\P{L}$")).toEqual({ kind: "text", text: "\u{1F600}" });
    expect(overlap("^\\p{Lu}+$", "^\\p{Ll}+$")).toEqual({ kind: "none" });
    expect(overlap("^[\\]\\-a]$", "^[^a]$")).toEqual({ kind: "text", text: "-" });
    expect(overlap("^\\x2f$", "^.$")).toEqual({ kind: "none" });
  });

  test("is not guessed where the pattern has look-around, back references or borders of words", () => {
    for (const beyond of ["(?=a)a", "(?<!a)b", "(a)\\1", "\\bab"]) expect(overlap(beyond, "a")).toEqual({ kind: "unknown" });
  });
});

describe("the language of a type", () => {
  test("of bounded whole numbers has exactly their texts", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -12_000, max: 12_000 }),
        fc.nat(13_000),
        fc.integer({ min: -30_000, max: 30_000 }),
        (low, width, value) => {
          const fits = new RegExp(intPattern(low, low + width), "u");
          const sides = [low - 1, low, low + width, low + width + 1, value];
          return sides.every((side) => fits.test(String(side)) === (side >= low && side <= low + width));
        },
      ),
      { numRuns: 500 },
    );
    for (const text of ["-0", "00", "01", "+1", "1.0", ""]) expect(new RegExp(intPattern(-99, 99), "u").test(text)).toBe(false);
  });

  test("of addresses has texts of addresses only, and those in all their forms", () => {
    const ip = typeLanguage({ kind: "ip" });
    const forms = [
      "1.2.3.4",
      "255.255.255.255",
      "::",
      "::1",
      "1::",
      "1::8",
      "1:2:3:4:5:6:7:8",
      "1:2:3:4:5:6:7::",
      "::2:3:4:5:6:7:8",
      "::ffff:1.2.3.4",
      "1:2:3:4:5:6:1.2.3.4",
      "1::1.2.3.4",
    ];
    const others = [
      "1.2.3",
      "01.2.3.4",
      "256.1.1.1",
      ":",
      "1:2:3:4:5:6:7",
      "1:2:3:4:5:6:7:8:9",
      "1::2::3",
      "12345::",
      "1:2:3:4:5:6:7:1.2.3.4",
      "fe80::1%eth0",
    ];
    for (const text of [...forms, ...others]) {
      const exact = typeLanguage({ kind: "literals", values: [text] });
      const isAddress = ip && exact && commonText(ip, exact).kind === "text";
      expect(isAddress, text).toBe(parseAddress(text) !== undefined);
    }
  });
});
