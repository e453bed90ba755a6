/** Fields that caches read: directives, dates, validators, what an answer varies by. */
import { describe, expect, test } from "vitest";
import { directivesOf, timeOf } from "../../../runtime/cache/directives.ts";
import { readHttpDate } from "../../../runtime/cache/http-date.ts";
import { hasClientAlready, isAboutStored, renewedFields } from "../../../runtime/cache/validation.ts";
import { variantText, varyNames } from "../../../runtime/cache/variants.ts";
import { ownTime } from "../../harness/own-time.ts";

describe("Cache-Control", () => {
  test.each([
    ["no-store", { "no-store": [""] }],
    ['private="a, no-store", Max-Age = 5', { private: ["a, no-store"], "max-age": ["5"] }],
    ['x="a\\"b, c", max-age="5"', { x: ['a"b, c'], "max-age": ["5"] }],
    [" , ,no-cache,", { "no-cache": [""] }],
    ['x="no end, no-store', { x: ['"no end, no-store'] }],
    ["(), no-cache", { "no-cache": [""] }],
  ])("%s", (text, expected) => {
    expect(Object.fromEntries(directivesOf([text]))).toEqual(expected);
  });

  test("of several times the least counts, and what is no number is none", () => {
    const said = directivesOf(["max-age=60, s-maxage=x", "max-age=5, stale-if-error=-1, max-stale=99999999999999999999"]);
    expect(["max-age", "s-maxage", "stale-if-error", "min-fresh"].map((name) => timeOf(said, name))).toEqual([5_000, 0, 0, undefined]);
    expect(timeOf(said, "max-stale")).toBe(2 ** 31 * 1000);
  });

  test("takes no longer than its length, whatever it is", () => {
    const before = ownTime();
    for (const text of ['"'.repeat(100_000), "a".repeat(100_000), "=".repeat(100_000), '\\"'.repeat(50_000), ",".repeat(100_000)])
      directivesOf([text]);
    expect(ownTime() - before).toBeLessThan(1_000);
  });
});

test("dates in all three forms", () => {
  const now = Date.parse("2026-11-30T12:00:00Z");
  const then = Date.parse("1994-11-06T08:49:37Z");
  for (const text of ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"])
    expect(readHttpDate(text, now), text).toBe(then);
  for (const text of ["0", "", "2026-11-30", "Sun, 06 Nov 1994 08:49:37 +0000", "Sun, 46 Nov 1994 08:49:37 GMT"])
    expect(readHttpDate(text, now), text).toBeUndefined();
});

test("Vary", () => {
  expect(
    varyNames([
      ["vary", "B ,a"],
      ["vary", "b,, A"],
    ]),
  ).toEqual(["a", "b"]);
  expect(varyNames([["vary", "a, *"]])).toBe("any");
  const accept = (...values: string[]): string =>
    variantText(
      ["accept"],
      values.map((value) => ["accept", value] as const),
    );
  expect(accept("a", "b")).not.toBe(accept("a, b"));
  expect(accept(" a ")).toBe(accept("a"));
  expect(accept()).not.toBe(accept(""));
});

test("validators", () => {
  const now = Date.parse("2026-11-30T12:00:00Z");
  const has = (known: string, etag: string): boolean => hasClientAlready([["if-none-match", known]], [["etag", etag]], now);
  expect([has('"a"', '"a"'), has('W/"a"', '"a"'), has('"b", "a"', 'W/"a"'), has('"b"', '"a"'), has('"a', '"a"')]).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
  // With a list of tags a date says nothing (RFC 9110, section 13.2.2).
  const dated = [["last-modified", "Sun, 06 Nov 1994 08:49:37 GMT"]] as const;
  const since = ["if-modified-since", "Sun, 06 Nov 1994 08:49:37 GMT"] as const;
  expect(hasClientAlready([since], dated, now)).toBe(true);
  expect(hasClientAlready([["if-none-match", '"a"'], since], dated, now)).toBe(false);
  expect([
    isAboutStored([["etag", '"a"']], []),
    isAboutStored([["etag", '"a"']], [["etag", 'W/"a"']]),
    isAboutStored([], [["etag", '"a"']]),
  ]).toEqual([true, true, false]);
  expect(
    renewedFields(
      [
        ["etag", '"a"'],
        ["x", "1"],
        ["content-type", "a/b"],
      ],
      [
        ["x", "2"],
        ["x", "3"],
        ["content-type", "c/d"],
      ],
    ),
  ).toEqual([
    ["etag", '"a"'],
    ["content-type", "a/b"],
    ["x", "2"],
    ["x", "3"],
  ]);
});
