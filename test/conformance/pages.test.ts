import { describe, expect, test } from "vitest";
import { compileFiles, errorsOf } from "../harness/compile-files.ts";
import { expectGolden } from "../harness/golden.ts";
import { programOf, storedPages } from "../harness/pages.ts";

const examples = storedPages().flatMap(({ name, page }) => (page === undefined ? [] : [{ name, page }]));
const broken = examples.flatMap(({ name, page }) => (page.broken === undefined ? [] : [{ name, example: page.broken }]));
const fixed = examples.flatMap(({ name, page }) => page.fixed.map((example, at) => ({ name, at: at + 1, example })));

describe("the pages of the catalogue", () => {
  test.each(broken)("$name: the broken example has this finding and no other", async ({ name, example }) => {
    const compiled = await compileFiles(programOf(example));
    expect([...new Set(compiled.diagnostics.map(({ code }) => code))]).toEqual([name]);
    expectGolden(`diagnostics/${name}.txt`, compiled.text);
  });

  test.each(fixed)("$name: repair $at compiles", async ({ name, example }) => {
    const compiled = await compileFiles(programOf(example));
    expect(errorsOf(compiled).map(({ code, message }) => `${code} ${message}`)).toEqual([]);
    expect(compiled.diagnostics.map(({ code }) => code)).not.toContain(name);
  });
});
