/**
 * A broken source never breaks the compiler: the shop, damaged anywhere in any way, is compiled without a throw and in time.
 * Findings of damaged programs point into their sources.
 */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { compileFiles } from "../harness/compile-files.ts";
import { ROOT } from "../laws/source-files.ts";
import { PATIENCE, runs, runSize, SEED } from "./run-size.ts";

const SOURCES = runSize("SOURCES", 300);
/** Milliseconds of processor time, which a busy machine does not lengthen. */
const LONGEST = 2000;

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

test(`${SOURCES} damaged programs compile without a throw, each in under 2 s (seed ${SEED})`, PATIENCE, async () => {
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
      const before = process.cpuUsage();
      const { diagnostics } = await compileFiles(damaged);
      const { user, system } = process.cpuUsage(before);
      expect((user + system) / 1000).toBeLessThan(LONGEST);
      expect(diagnostics.every(({ span }) => span.start <= span.end)).toBe(true);
    }),
    runs(SOURCES),
  );
});
