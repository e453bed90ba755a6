import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { PathRules } from "../../../runtime/contract/request-rules.ts";
import { canonicalPath } from "../../../runtime/kernel/canonical-path.ts";

const strict: PathRules = { trailingSlash: "ignore", dotSegments: "refuse", emptySegments: "refuse", semicolons: "refuse" };
const loose: PathRules = { trailingSlash: "ignore", dotSegments: "resolve", emptySegments: "merge", semicolons: "allow" };
const noSlash: PathRules = { ...loose, trailingSlash: "refuse" };

const cases: readonly (readonly [path: string, strict: string | undefined, loose: string | undefined])[] = [
  ["/", "/", "/"],
  ["/a", "/a", "/a"],
  ["/a/", "/a", "/a"],
  ["/a/b.c", "/a/b.c", "/a/b.c"],
  ["/.well-known/x", "/.well-known/x", "/.well-known/x"],
  ["/...", "/...", "/..."],
  ["/a..b/..c", "/a..b/..c", "/a..b/..c"],
  ["/%61%7E%2d%5F", "/a~-_", "/a~-_"],
  ["/%3a%2B", "/%3A%2B", "/%3A%2B"],
  ["/caf%c3%a9", "/caf%C3%A9", "/caf%C3%A9"],
  ["/%F0%9F%98%80", "/%F0%9F%98%80", "/%F0%9F%98%80"],
  ["/a@b!$&'()*+,=:[]", "/a@b!$&'()*+,=:[]", "/a@b!$&'()*+,=:[]"],
  ["/%20", "/%20", "/%20"],
  ["/%25", "/%25", "/%25"],
  ["/%2561", "/%2561", "/%2561"],
  ["/100%25", "/100%25", "/100%25"],
  ["/a;b", undefined, "/a;b"],
  ["/%3b", "/%3B", "/%3B"],
  ["/a//b", undefined, "/a/b"],
  ["//", undefined, "/"],
  ["//a", undefined, "/a"],
  ["/a//", undefined, "/a"],
  ["/a/./b", undefined, "/a/b"],
  ["/a/../b", undefined, "/b"],
  ["/a/..", undefined, "/"],
  ["/a/.", undefined, "/a"],
  ["/.", undefined, "/"],
  ["/a/%2e%2E/b", undefined, "/b"],
  ["/a/.%2e/b", undefined, "/b"],
  ["/a//../b", undefined, "/b"],
  ["/..", undefined, undefined],
  ["/a/../../b", undefined, undefined],
  ["/..;/b", undefined, undefined],
  ["/a/..;x=1/b", undefined, undefined],
  ["/.;a/b", undefined, undefined],
  ...[
    ["/%252e", "/%252E%252e", "/%255c", "/%252F", "/%2525", "/%25%32%65", "/%25%32%66", "/%25%35%43"],
    [
      "/a b",
      "/a\tb",
      "/a\0b",
      "/a\nb",
      "/a\rb",
      "/a\x7fb",
      "/a\\b",
      "/a#b",
      '/a"b',
      "/a<b",
      "/a>b",
      "/a^b",
      "/a{b",
      "/a|b",
      "/a}b",
      "/a`b",
    ],
    ["/caf\u00e9", "/\u212a", "/%", "/%4", "/%4g", "/%g4", "/%%34%31", "/%u0041", "/a?b"],
    ["/%00", "/%0a", "/%0D", "/%1f", "/%7f", "/%2f", "/%2F", "/%5c", "/%5C", "/a%2fb", "/..%2f"],
    ["/%80", "/%c3", "/%c3a", "/%c3/%a9", "/%c0%af", "/%e0%80%af", "/%ed%a0%80", "/%f4%90%80%80", "/%ff", "/%fe%ff", "/%a9%c3"],
  ]
    .flat()
    .map((path) => [path, undefined, undefined] as const),
];

describe("the canonical path", () => {
  test.each(cases)("%j: strict %j, loose %j", (path, strictly, loosely) => {
    expect(canonicalPath(path, strict)).toBe(strictly);
    expect(canonicalPath(path, loose)).toBe(loosely);
  });

  test.each(["/a/", "/a//", "/a/.", "/b/a/.."])("%s is refused where trailing slashes are", (path) => {
    expect(canonicalPath(path, noSlash)).toBeUndefined();
    expect(canonicalPath("/", noSlash)).toBe("/");
  });

  const piece = fc.oneof(
    fc.constantFrom("/", "/", ".", "..", "%2e", "%2E", "%25", "2e", "%41", "%7e", "%c3%a9", "%C3", "a", "B", ";", "%3b", "%32", "-"),
    fc.string({ unit: fc.integer({ min: 33, max: 126 }).map((code) => String.fromCharCode(code)), maxLength: 2 }),
  );
  const paths = fc.array(piece, { maxLength: 12 }).map((pieces) => `/${pieces.join("")}`);

  test("is its own canonical form", () => {
    fc.assert(
      fc.property(paths, fc.constantFrom(strict, loose, noSlash), (path, rules) => {
        const canonical = canonicalPath(path, rules);
        if (canonical !== undefined) expect(canonicalPath(canonical, rules)).toBe(canonical);
      }),
      { numRuns: 5000 },
    );
  });

  test("reads like the path for whoever decodes it once, and has nothing left to resolve", () => {
    fc.assert(
      fc.property(paths, (path) => {
        const canonical = canonicalPath(path, strict);
        if (canonical === undefined) return;
        const withoutSlash = path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path;
        expect(decodeURIComponent(canonical)).toBe(decodeURIComponent(withoutSlash));
        expect(new URL(`http://h${canonical}`).pathname).toBe(canonical);
      }),
      { numRuns: 5000 },
    );
  });
});
