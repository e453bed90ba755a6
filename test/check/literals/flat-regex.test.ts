/** The quick proof of linear patterns: it takes what is common, and never what the automaton refuses. */
import fc from "fast-check";
import recheck from "recheck/lib/browser.js";
import { describe, expect, test } from "vitest";
import { isPlainlyLinear } from "../../../compiler/check/literals/flat-regex.ts";

describe("proved by looking", () => {
  test.each([
    "^ord_[0-9a-z]{12}$",
    "^[A-Z]{2}-[0-9]+$",
    "^[a-z]{3}[0-9]$",
    "^[^@]+@[a-z]+\\.com$",
    "^.{0,2000}$",
    "^[0-9a-z]{1,200}$",
    "[0-9]{3}-[0-9]{4}",
    "^/orders/",
    "abc",
    "^[\\]{}()|]+$",
    "^ä+[ -~]*$",
    "^a*\\$",
    "",
  ])("%s", (pattern) => expect(isPlainlyLinear(pattern)).toBe(true));
});

describe("left to the automaton", () => {
  test.each([
    ["a+b", "it starts anywhere, and again at each place"],
    ["x*x*$", "two ways to split"],
    ["^a*b?a$", "the second `a` may stand where the first does"],
    ["^[a-z]+[^A-Z]$", "classes overlap"],
    ["^[^a]+[^b]$", "characters beyond ASCII are in both"],
    ["^ä+ö$", "so are these, as far as it looks"],
    ["^\\w+\\d$", "escapes overlap"],
    ["^(a+)+$", "a group"],
    ["^a|b+c", "alternatives: the anchor is of the first only"],
    ["^a+\\b", "an assertion"],
    ["^\\p{Lu}+$", "a property"],
    ["^\\u{61}+a$", "an escape of a code point"],
    ["^a+\\x61", "another"],
    ["a{99999}b", "linear, with a constant that is no constant"],
    ["^a*^", "an anchor within"],
  ])("%s: %s", (pattern) => expect(isPlainlyLinear(pattern)).toBe(false));
});

/** Rows of atoms that overlap often. */
const atom = fc.constantFrom("a", "b", "[ab]", "[^a]", "[a-c]", ".", "\\d", "\\w", "[^\\d]", "[\\s-]", "é", "[é-ü]", "0");
const times = fc.constantFrom("", "", "*", "+", "?", "{2}", "{1,3}", "{2,}", "*?", "{0,9}?");
const patterns = fc
  .tuple(fc.boolean(), fc.array(fc.tuple(atom, times), { maxLength: 5 }), fc.boolean())
  .map(([start, items, end]) => `${start ? "^" : ""}${items.map((item) => item.join("")).join("")}${end ? "$" : ""}`);

test("what it takes, the automaton takes", () => {
  let taken = 0;
  const property = fc.property(patterns, (pattern) => {
    if (!isPlainlyLinear(pattern)) return;
    taken++;
    expect(recheck.checkSync(pattern, "u", { checker: "automaton", timeout: 60_000 }).status).toBe("safe");
  });
  fc.assert(property, { numRuns: 2000 });
  expect(taken).toBeGreaterThan(100);
});
