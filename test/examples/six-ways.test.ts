/** The example of the six ways: nothing to complain of, its tests hold in both hands, and the GWL in its README compiles. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, test } from "vitest";
import { readFences } from "../../compiler/diagnostics/page.ts";
import { testConfiguration } from "../../compiler/testing/configuration.ts";
import { runTest, stagesOf } from "../../compiler/testing/run-tests.ts";
import { bothHands, gatewayOf } from "../harness/both-hands.ts";
import { compileFiles } from "../harness/compile-files.ts";

const FOLDER = new URL("../../examples/six-ways", import.meta.url).pathname;
const paths = readdirSync(FOLDER, { recursive: true, encoding: "utf8" }).filter((path) => statSync(join(FOLDER, path)).isFile());
const files = paths
  .map((path) => ({ file: relative(FOLDER, join(FOLDER, path)), text: readFileSync(join(FOLDER, path), "utf8") }))
  .sort((a, b) => Number(b.file === "gateway.gwl") - Number(a.file === "gateway.gwl"));
const compiled = await compileFiles(files);
const { program } = compiled.compilation;

test("compiles without a word of complaint", () => {
  expect(compiled.text).toBe("");
});

test("has tests for each of the six ways", () => {
  const apis = new Set(program.tests.map(({ request }) => request.target.split("/")[1]));
  expect([...apis].toSorted((a = "", b = "") => (a < b ? -1 : 1))).toEqual(["internal", "old", "orders", "reports", "shop", "teams"]);
});

test.each(program.tests.map((one) => ({ one, what: `${one.request.method} ${one.request.target} (${one.name})` })))(
  "$what",
  async ({ one }) => {
    for (const stage of stagesOf(one, program)) {
      const configuration = testConfiguration(program, stage);
      const hands = bothHands(program, configuration);
      for (const hand of [hands.reference, hands.compiled]) {
        expect((await runTest(one, program, gatewayOf(hand), configuration)).failure).toBeUndefined();
      }
    }
  },
);

test("the README's GWL compiles", async () => {
  const fences = readFences(readFileSync(join(FOLDER, "README.md"), "utf8")).filter(({ language }) => language === "gwl");
  expect(fences.length).toBeGreaterThan(0);
  for (const { text } of fences) {
    const whole = `gwl 1\ngateway g { listen 8080 }\n${text}`;
    expect((await compileFiles([{ file: "gateway.gwl", text: whole }])).text).toBe("");
  }
});
