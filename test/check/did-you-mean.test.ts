/** Suggestions for misspelt names. */
import { describe, expect, test } from "vitest";
import { didYouMean, editDistance } from "../../compiler/check/did-you-mean.ts";

describe("did you mean", () => {
  test.each([
    ["offce", ["office", "vpn"], "office"],
    ["ofifce", ["office"], "office"],
    ["Office", ["office"], "office"],
    ["prd", ["dev", "prod"], "prod"],
    ["a", ["b"], "b"],
    ["grup", ["group", "grump"], "group"],
    ["office", ["office"], undefined],
    ["x", ["office"], undefined],
    ["inside", ["outside"], undefined],
    ["orders", ["payments", "catalog"], undefined],
    ["", [], undefined],
  ])("%s among %j: %s", (written, known, meant) => expect(didYouMean(written, known)).toBe(meant));

  test.each([
    ["", "", 0],
    ["abc", "abc", 0],
    ["abc", "acb", 1],
    ["abc", "ab", 1],
    ["abc", "abcd", 1],
    ["abc", "xbc", 1],
    ["ca", "abc", 3],
    ["kitten", "sitting", 3],
  ])("from %s to %s are %i edits", (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance);
    expect(editDistance(b, a)).toBe(distance);
  });
});
