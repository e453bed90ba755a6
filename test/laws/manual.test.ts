import { existsSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { describe, expect, test } from "vitest";
import { FUNCTION_NAMES } from "../../compiler/check/expressions/function-names.ts";
import { METHOD_NAMES } from "../../compiler/check/expressions/method-names.ts";
import { BUILT_IN_TYPES } from "../../compiler/check/types/built-in-types.ts";
import { CONSTRUCTS } from "../../compiler/constructs/index.ts";
import { type PageFile, readFences } from "../../compiler/diagnostics/page.ts";
import { manualFiles, WRITTEN_BY_HAND } from "../../scripts/manual/files.ts";
import { constructPages, pageOf } from "../../scripts/manual/language.ts";
import { compileFiles } from "../harness/compile-files.ts";
import { programOf } from "../harness/pages.ts";
import { filesBelow, ROOT } from "./source-files.ts";

const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");
const pages = constructPages();
const docs = filesBelow("docs", ".md");
const byWord = CONSTRUCTS.map((construct) => ({ word: construct.words[0], construct, page: pageOf(construct, pages) }));

/** Complete programs; those of the pages written by hand leave `gwl 1` out and may import what the pages of codes import. */
function examplesIn(path: string): readonly string[] {
  return readFences(read(path)).flatMap(({ language, text }) => (language === "gwl" ? [text] : []));
}

/** Files that the examples of a page name: fences with `file=`. */
function filesIn(path: string): readonly PageFile[] {
  return readFences(read(path)).flatMap(({ words, text }) => {
    const file = words.find((word) => word.startsWith("file="))?.slice("file=".length);
    return file === undefined ? [] : [{ file, text }];
  });
}

describe("the manual", () => {
  test("is as the sources are: `npm run generate` changes nothing", () => {
    const stale = manualFiles().filter(({ path, text }) => !docs.includes(`docs/${path}`) || read(`docs/${path}`) !== text);
    expect(stale.map(({ path }) => path)).toEqual([]);
    const known = new Set([...manualFiles().map(({ path }) => path), ...WRITTEN_BY_HAND]);
    expect(docs.filter((path) => !known.has(path.slice("docs/".length)))).toEqual([]);
  });

  test.each(byWord)("$word has a page that shows all its forms", ({ construct, page }) => {
    expect(page).toBeDefined();
    const text = read(`compiler/constructs/${page}`);
    expect(construct.written.filter((form) => !text.includes(form))).toEqual([]);
  });

  test.each(pages)("%s has an example, and what it shows compiles without a word of complaint", async (path) => {
    const examples = examplesIn(`compiler/constructs/${path}`);
    expect(examples.length).toBeGreaterThan(0);
    const files = filesIn(`compiler/constructs/${path}`);
    for (const text of examples) expect((await compileFiles(programOf([{ file: "gateway.gwl", text }, ...files]))).text).toBe("");
  });

  test.each(WRITTEN_BY_HAND)("%s: its examples compile without a word of complaint", async (path) => {
    for (const text of examplesIn(`docs/${path}`)) {
      expect((await compileFiles(programOf([{ file: "gateway.gwl", text: `gwl 1\n\n${text}` }]))).text).toBe("");
    }
  });

  test("expressions.md names every function, method and type", () => {
    const text = read("docs/expressions.md");
    const names = [...FUNCTION_NAMES, ...METHOD_NAMES, ...BUILT_IN_TYPES.keys(), "List", "Set", "Map"];
    expect(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(text))).toEqual([]);
  });

  test("links lead somewhere", () => {
    const broken = docs.flatMap((path) =>
      [...read(path).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)]
        .map(([, target = ""]) => target)
        .filter((target) => !/^https?:/.test(target) && !existsSync(join(ROOT, posix.join(dirname(path), target))))
        .map((target) => `${path} -> ${target}`),
    );
    expect(broken).toEqual([]);
  });
});

describe("the golden cases", () => {
  test("show the life of every word", () => {
    const cases = filesBelow("test/cases", ".case").map((path) => posix.basename(path, ".case"));
    const words = byWord.map(({ construct, word }) => (construct.words.length > 1 ? "route" : word));
    expect(words.filter((word) => !cases.includes(word))).toEqual([]);
  });
});
