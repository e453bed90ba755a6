/** The mistakes that newcomers make, each with one finding for one cause and words that help. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { compileFiles } from "../harness/compile-files.ts";
import { expectGolden } from "../harness/golden.ts";
import { type Mistake, printMistakes, programText, readMistakes } from "../harness/mistake-file.ts";

const FOLDER = join(import.meta.dirname, "../cases/beginners");
const files = readdirSync(FOLDER).map((file) => ({ file, ...readMistakes(readFileSync(join(FOLDER, file), "utf8")) }));

describe.each(files)("$file", ({ file, about, mistakes }) => {
  test.each(mistakes)("$title: one finding for one cause, and what to do about it", async (mistake) => {
    const { diagnostics } = await compile(mistake);
    expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toHaveLength(mistake.causes);
    for (const { help, span } of diagnostics) {
      expect(help ?? "", "a next step").not.toBe("");
      expect(span.end).toBeGreaterThanOrEqual(span.start);
    }
  });

  test("what is said is what was accepted", async () => {
    const said = await Promise.all(mistakes.map(async (mistake) => ({ ...mistake, said: (await compile(mistake)).text })));
    expectGolden(`beginners/${file}`, printMistakes({ about, mistakes: said }));
  });
});

function compile(mistake: Mistake): ReturnType<typeof compileFiles> {
  return compileFiles([{ file: "gateway.gwl", text: programText(mistake) }]);
}
