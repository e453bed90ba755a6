import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { CATALOGUE } from "../../compiler/diagnostics/catalogue.ts";
import { storedPages } from "../harness/pages.ts";
import { filesBelow, ROOT } from "./source-files.ts";

/** Codes that no small source shows, and the test that shows each. */
const SHOWN_ELSEWHERE: Readonly<Record<string, { readonly file: string; readonly test: string }>> = {
  GWL1001: { file: "test/conformance/unshowable.test.ts", test: "GWL1001: a file of more than 16 million characters" },
  GWL1002: { file: "test/conformance/unshowable.test.ts", test: "GWL1002: a file of more than a million words" },
  GWL1003: { file: "test/conformance/unshowable.test.ts", test: "GWL1003: a literal of more than 64 Ki characters" },
  GWL1005: { file: "test/conformance/unshowable.test.ts", test: "GWL1005: an expression of more than a thousand operators" },
  GWL1399: { file: "test/conformance/unshowable.test.ts", test: "GWL1399: no sequence of words and marks leads here" },
  GWL2001: { file: "test/conformance/unshowable.test.ts", test: "GWL2001: a main file that is not there" },
  GWL2005: { file: "test/conformance/unshowable.test.ts", test: "GWL2005: a list that is not UTF-8" },
  GWL2007: { file: "test/conformance/unshowable.test.ts", test: "GWL2007: imports that lead through too many files" },
  GWL2065: { file: "test/conformance/unshowable.test.ts", test: "GWL2065: constants, networks and policies in chains that are too long" },
  GWL2072: { file: "test/conformance/unshowable.test.ts", test: "GWL2072: a library that is to be built" },
  GWL2120: { file: "test/conformance/unshowable.test.ts", test: "GWL2120: a chain of too many types" },
  GWL3411: { file: "test/conformance/unshowable.test.ts", test: "GWL3411: policies that double with each use, or their arguments do" },
  GWL4006: { file: "test/access/iam/reader.test.ts", test: "GWL4006: the policy of a caller names no principal" },
  GWL4012: { file: "test/access/iam/reader.test.ts", test: "GWL4012: AWS takes 8192 characters, white space aside" },
  GWL4171: { file: "test/conformance/unshowable.test.ts", test: "GWL4171: 51 tags at one level" },
  GWL4201: { file: "test/conformance/unshowable.test.ts", test: "GWL4201: thousands of routes, each with a network of its own" },
};

const stored = storedPages();
const codes = CATALOGUE.map(({ code }) => code);

describe("the catalogue of findings", () => {
  test("holds every kind that the sources declare", () => {
    const declared = [...filesBelow("grammar"), ...filesBelow("compiler")].flatMap((path) =>
      [...readFileSync(join(ROOT, path), "utf8").matchAll(/^\s*code: "(GWL[^"]*)",$/gm)].map(([, code]) => code),
    );
    expect(new Set(declared)).toEqual(new Set(codes));
    expect(declared).toHaveLength(codes.length);
  });

  test("has unique codes, each of a section: 1 syntax, 2 names and types, 3 meaning, 4 analysis", () => {
    expect(repeated(codes)).toEqual([]);
    expect(codes.filter((code) => !/^GWL[1-4][0-9]{3}$/.test(code))).toEqual([]);
  });

  test("has unique names in kebab-case", () => {
    const names = CATALOGUE.map(({ name }) => name);
    expect(repeated(names)).toEqual([]);
    expect(names.filter((name) => !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name))).toEqual([]);
  });
});

describe("the pages of the catalogue", () => {
  test("are one for each code, headed by code and name", () => {
    expect(stored.map(({ name }) => name)).toEqual(codes.toSorted());
    const headings = new Map(CATALOGUE.map(({ code, name }) => [code, `${code}: ${name}`]));
    expect(stored.filter(({ name, page }) => page === undefined || `${page.code}: ${page.name}` !== headings.get(name))).toEqual([]);
  });

  test("are short: a finding is understood at a glance", () => {
    expect(stored.filter(({ text }) => text.split("\n").length > 60).map(({ name }) => name)).toEqual([]);
  });

  test("show a broken example and a repair, or say why there is none and have a test instead", () => {
    const withoutExample = stored.filter(({ page }) => page?.broken === undefined).map(({ name }) => name);
    expect(withoutExample).toEqual(Object.keys(SHOWN_ELSEWHERE));
    expect(stored.filter(({ page }) => (page?.broken === undefined) !== (page?.none !== undefined)).map(({ name }) => name)).toEqual([]);
    expect(stored.filter(({ page }) => page?.broken !== undefined && page.fixed.length === 0).map(({ name }) => name)).toEqual([]);
    for (const [code, { file, test: title }] of Object.entries(SHOWN_ELSEWHERE)) {
      expect(existsSync(join(ROOT, file)) && readFileSync(join(ROOT, file), "utf8"), code).toContain(`"${title}"`);
    }
  });
});

function repeated(texts: readonly string[]): readonly string[] {
  return texts.filter((text, at) => texts.indexOf(text) !== at);
}
