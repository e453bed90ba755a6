/** Which regular expressions are taken: those that are linear beyond doubt, and with a small constant. */
import { beforeAll, describe, expect, test } from "vitest";
import { loadRegexProver, type RegexProver } from "../../../compiler/check/literals/regex-prover.ts";
import { regexShape } from "../../../compiler/check/literals/regex-shape.ts";
import { termsOf } from "../parsed.ts";
import { ownTime } from "../../harness/own-time.ts";

let prove: RegexProver;
beforeAll(async () => {
  prove = await loadRegexProver([termsOf("/(x)/").file]);
});

describe("linear", () => {
  test.each([
    "^ord_[0-9a-z]{12}$",
    "^[a-z]+(-[a-z]+)*$",
    "^[^@]+@[a-z]+\\.com$",
    "^[0-9a-z]{1,200}$",
    "^(?:[a-z0-9.]{1,64})@(?:[a-z0-9-]{1,63}\\.){1,8}[a-z]{2,63}$",
    "^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$",
    "^\\p{Lu}[\\p{L}\\p{M}'-]*(?: \\p{L}+)*$",
    "^.{0,2000}$",
    "[0-9]{3}-[0-9]{4}",
    "^/orders/",
    "abc",
    "^(?<year>\\d+)$",
    "^[\\]{}()|]+$",
  ])("%s", (pattern) => expect(prove(pattern)).toEqual({ kind: "linear" }));
});

describe("not linear, or not known to be", () => {
  test.each([
    ["^(a+)+$", "slow"],
    ["(a|a)*b", "slow"],
    ["x*x*$", "slow"],
    ["a+b", "slow"],
    ["^(a{1,50}){1,50}$", "unproved"],
    ["^(a|a){30}$", "unproved"],
    ["^(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)(a|a)b$", "unproved"],
    ["^a?a?a?a?a?a?a?a?a?a?a?aaaaaaaaaaa$", "unproved"],
    ["^(?=a+)a*b", "unproved"],
    ["^(?!x)a", "unproved"],
    ["(?<!a)b", "unproved"],
    ["^(a*)\\1b", "unproved"],
    ["^(?<x>a*)\\k<x>b", "unproved"],
    ["a".repeat(1001), "unproved"],
  ])("%s is %s", (pattern, kind) => expect(prove(pattern).kind).toBe(kind));

  test("a slow one comes with what makes it slow", () => {
    expect(prove("^(a+)+$")).toEqual({ kind: "slow", complexity: "exponential", attack: '"a", often repeated' });
    expect(prove("x*x*$")).toMatchObject({ kind: "slow", complexity: "more than linear" });
  });
});

test("what is taken really is fast on what would be slow", () => {
  const taken = "^(?:[a-z0-9-]{1,63}\\.){1,8}[a-z]{2,63}$";
  expect(prove(taken).kind).toBe("linear");
  const start = ownTime();
  new RegExp(taken, "u").test(`${"a".repeat(62)}.`.repeat(8) + "!".repeat(10_000));
  expect(ownTime() - start).toBeLessThan(200);
});

test("without a pattern in the files that is hard to judge nothing is loaded, and nothing is believed", async () => {
  const idle = await loadRegexProver([termsOf("/^ord_[0-9a-z]{12}$/").file]);
  expect(idle("(a)").kind).toBe("unproved");
  expect(idle("^a$").kind).toBe("linear");
});

describe("shape", () => {
  test.each([
    ["a{2,5}", "a{2,5}", 4],
    ["a{2,50}", "a+", 1],
    ["a{0,50}", "a*", 1],
    ["a{3}", "a{3}", 1],
    ["a{99}", "a+", 1],
    ["a{3,}", "a{3,}", 1],
    ["(ab){2,3}", "(ab)+", 1],
    ["(?:ab){0,3}?", "(?:ab)*?", 1],
    ["(a|b|c)", "(a|b|c)", 3],
    ["a?b?", "a?b?", 4],
    ["[a{1,9}]{1,2}", "[a{1,9}]{1,2}", 2],
    ["\\{1,99\\}", "\\{1,99\\}", 1],
    ["\\p{L}{1,99}", "\\p{L}+", 1],
    ["(?<name>a){9}", "(?<name>a)+", 1],
  ])("%s is judged as %s with %i ways", (pattern, relaxed, choices) =>
    expect(regexShape(pattern)).toEqual({ kind: "shape", relaxed, choices }),
  );
});
