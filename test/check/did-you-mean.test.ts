/** Suggestions for misspelt names. */
import { describe, expect, test } from "vitest";
import { didYouMean } from "../../compiler/check/did-you-mean.ts";
import { editDistance } from "../../compiler/model/edit-distance.ts";

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
    expect(editDistance(a, b, 9)).toBe(distance);
    expect(editDistance(b, a, 9)).toBe(distance);
    if (distance > 0) expect(editDistance(a, b, distance - 1)).toBeGreaterThan(distance - 1);
  });

  test("among thousands of names, those that begin alike", () => {
    const known = Array.from({ length: 5_000 }, (_, at) => `c${String(at).padStart(5, "0")}`);
    expect(didYouMean("c0004x", known)).toBe("c00040");
    expect(didYouMean("x00040", known)).toBeUndefined();
  });
});
