import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { printIr } from "../../compiler/lower/print-ir.ts";
import type { Program, TestRequest } from "../../compiler/model/program.ts";
import { testConfiguration } from "../../compiler/testing/configuration.ts";
import { stageRequest } from "../../compiler/testing/test-request.ts";
import type { Outcome } from "../../runtime/contract/gateway.ts";
import { decode } from "../../runtime/hosts/node/decode.ts";
import { bothHands, comparable, gatewayOf } from "../harness/both-hands.ts";
import { type Case, printCase, readCase } from "../harness/case-file.ts";
import { type CompiledFiles, compileFiles } from "../harness/compile-files.ts";
import { expectGolden } from "../harness/golden.ts";
import { outcomeText } from "../harness/outcome-text.ts";
import { filesBelow, ROOT } from "../laws/source-files.ts";

const CASES = filesBelow("test/cases", ".case").map((path) => path.slice("test/cases/".length));

describe("golden cases", () => {
  test.each(CASES)("%s", async (path) => {
    const text = readFileSync(join(ROOT, "test/cases", path), "utf8");
    const written = readCase(text);
    expectGolden(path, printCase(await lived(written)));
  });

  test("what is printed reads back as the same case", () => {
    for (const path of CASES) {
      const text = readFileSync(join(ROOT, "test/cases", path), "utf8");
      expect(printCase(readCase(text)), path).toBe(text);
    }
  });
});

/** The case with what really happens. */
async function lived(written: Case): Promise<Case> {
  const compiled = await compileFiles(written.files);
  const { ir } = compiled.compilation;
  const outcomes = written.requests && (await outcomesOf(written, written.requests));
  return {
    ...written,
    findings: compiled.text === "" ? "none\n" : compiled.text,
    ...(outcomes !== undefined && { outcomes }),
    ...(written.ir !== undefined && { ir: ir === undefined ? "none\n" : printIr(ir) }),
  };
}

async function outcomesOf({ files }: Case, requests: readonly string[]): Promise<string> {
  const [main, ...others] = files;
  const tests = `test "requests" {\n${requests.map((line) => `  ${line} expect allow\n`).join("")}}\n`;
  const compiled = await compileFiles([{ file: main?.file ?? "", text: `${main?.text ?? ""}\n${tests}` }, ...others]);
  const { program } = compiled.compilation;
  expect(compiled.diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message)).toEqual([]);
  const cases = program.tests.filter(({ name }) => name === "requests");
  expect(cases).toHaveLength(requests.length);
  const texts = await Promise.all(cases.map(({ request }, at) => outcomeOf(request, `${at + 1} `, program, compiled)));
  return texts.join("");
}

/** Both hands must agree before one of them is shown. */
async function outcomeOf(test: TestRequest, label: string, program: Program, { compilation }: CompiledFiles): Promise<string> {
  const configuration = testConfiguration(program, test.stage ?? program.stages[0]);
  const hands = bothHands(program, configuration);
  const ask = async (hand: keyof typeof hands): Promise<Outcome> => {
    const call = (): ReturnType<ReturnType<typeof gatewayOf>["handle"]> => {
      const { request, world } = stageRequest(test, program, configuration);
      return gatewayOf(hands[hand]).handle(request, { ...world, decode });
    };
    for (let before = 1; before < (test.times ?? 1); before++) await call();
    return call();
  };
  const [reference, handler] = [await ask("reference"), await ask("compiled")];
  expect(comparable(handler), label).toBe(comparable(reference));
  return label + outcomeText(reference, program, compilation.sources);
}
