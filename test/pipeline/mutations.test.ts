import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { compileFiles } from "../harness/compile-files.ts";
import { ROOT } from "../laws/source-files.ts";

const SHOP = join(ROOT, "examples/shop");
const files = readdirSync(SHOP, { recursive: true, encoding: "utf8" })
  .map((file) => file.replaceAll("\\", "/"))
  .filter((file) => /^(?:[a-z.]+\.gwl|lists\/.*|keys\/.*)$/.test(file) && statSync(join(SHOP, file)).isFile())
  .map((file) => ({ file, text: readFileSync(join(SHOP, file), "utf8") }))
  .sort((a, b) => Number(b.file === "gateway.gwl") - Number(a.file === "gateway.gwl"));

const SNIPPETS = [
  "{",
  "}",
  "(",
  ")",
  "[",
  "]",
  ",",
  "\n",
  "=",
  ":",
  "->",
  "|",
  "..",
  "stage {}",
  "stage",
  "from",
  '"',
  "/",
  "0",
  "1s",
  "10.0.0.0/8",
  "if",
  "not",
  "T?",
  "<",
  "null",
  "é",
];

/** One cut, doubling, swap or insertion. */
const mutation = fc.record({
  file: fc.nat(files.length - 1),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.nat(30),
  snippet: fc.constantFrom("", "", ...SNIPPETS),
  doubled: fc.boolean(),
});

test("a program that is damaged anywhere is compiled without a throw", { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 4 }), async (mutations) => {
      const damaged = files.map(({ file, text }) => ({ file, text }));
      for (const { file, at, length, snippet, doubled } of mutations) {
        const target = damaged[file];
        if (target === undefined) continue;
        const start = Math.floor(at * target.text.length);
        const cut = target.text.slice(start, start + length);
        target.text = `${target.text.slice(0, start)}${snippet}${doubled ? cut + cut : ""}${target.text.slice(start + length)}`;
      }
      const { diagnostics } = await compileFiles(damaged);
      expect(diagnostics.every(({ span }) => span.start <= span.end)).toBe(true);
    }),
    { numRuns: Number(process.env["GWL_MUTATIONS"] ?? 150) },
  );
});
