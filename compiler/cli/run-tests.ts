/** Runs a program's tests against the handler that would be deployed, and holds the interpreter against it. */
import type { Gateway, Start } from "../../runtime/contract/gateway.ts";
import type { Configuration } from "../../runtime/contract/world.ts";
import type { Program, TestCase } from "../model/program.ts";
import { startReference } from "../reference/index.ts";
import { testConfiguration } from "../testing/configuration.ts";
import { runTest, stagesOf } from "../testing/run-tests.ts";
import type { Compiled } from "./compile-file.ts";
import { EXIT, type ExitCode } from "./exit-codes.ts";
import { loadHandler } from "./in-process-gateway.ts";
import { rulePlaces } from "./rule-places.ts";
import type { Terminal } from "./terminal.ts";
import { isPassed, type ProgramTestResult, printTestResults, testResultsJson } from "./test-report.ts";

export type TestOptions = { readonly only: string | undefined; readonly format: "text" | "json" };
type Ready = Extract<Compiled, { readonly ok: true }>;

export async function runTests(
  { compilation, file, placeOf }: Ready,
  { only, format }: TestOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const { program, module } = compilation;
  if (module === undefined) return EXIT.internal;
  const tests = program.tests.filter((candidate) => only === undefined || candidate.name.includes(only));
  if (tests.length === 0 && only !== undefined) {
    terminal.complain(program.tests.length === 0 ? `${file} has no tests` : `no test of ${file} has \`${only}\` in its name`);
    return EXIT.usage;
  }
  const starts = { compiled: await loadHandler(module, terminal.cwd), reference: startReference(program) };
  const stages = startAll(tests, program, starts, terminal);
  if (!stages.ok) {
    terminal.complain(stages.message);
    return EXIT.usage;
  }
  const results = await runAll(tests, program, stages.hands);
  const placeRule = rulePlaces(program, placeOf);
  if (format === "json") terminal.out(testResultsJson(results, placeOf, placeRule));
  else printTestResults(results, placeOf, placeRule, terminal);
  return conclude(results, terminal);
}

type Hands = {
  readonly stage: string | undefined;
  readonly configuration: Configuration;
  /** Each starts one that has not counted anything yet. */
  readonly compiled: () => Gateway;
  readonly reference: () => Gateway;
};
type Started = { readonly ok: true; readonly hands: readonly Hands[] } | { readonly ok: false; readonly message: string };

function startAll(
  tests: readonly TestCase[],
  program: Program,
  starts: Readonly<Record<"compiled" | "reference", Start>>,
  terminal: Terminal,
): Started {
  const hands: Hands[] = [];
  for (const stage of new Set(tests.flatMap((one) => stagesOf(one, program)))) {
    const configuration = testConfiguration(program, stage, terminal.environment);
    const compiled = starts.compiled(configuration);
    const reference = starts.reference(configuration);
    if ("problems" in compiled || "problems" in reference) {
      const problems = "problems" in compiled ? compiled.problems.join("; ") : "it does, says the handler, but not the interpreter";
      return { ok: false, message: `the gateway does not start${stage === undefined ? "" : ` in stage ${stage}`}: ${problems}` };
    }
    const anew = (start: Start) => (): Gateway => gatewayOf(start(configuration));
    hands.push({ stage, configuration, compiled: anew(starts.compiled), reference: anew(starts.reference) });
  }
  return { ok: true, hands };
}

/** It has started with this configuration before. */
function gatewayOf(started: ReturnType<Start>): Gateway {
  if ("problems" in started) throw new Error(`the gateway does not start again: ${started.problems.join("; ")}`);
  return started.gateway;
}

async function runAll(tests: readonly TestCase[], program: Program, hands: readonly Hands[]): Promise<readonly ProgramTestResult[]> {
  const results: ProgramTestResult[] = [];
  for (const one of tests) {
    for (const { stage, configuration, compiled, reference } of hands) {
      if (!stagesOf(one, program).includes(stage)) continue;
      const result = await runTest(one, program, compiled(), configuration);
      const meant = await runTest(one, program, reference(), configuration);
      results.push({ ...result, disagrees: decided(result) !== decided(meant) });
    }
  }
  return results;
}

function decided({ outcome: { decision, answer } }: Pick<ProgramTestResult, "outcome">): string {
  return JSON.stringify([decision.effect, decision.cause, decision.rules, decision.route, answer.kind]);
}

function conclude(results: readonly ProgramTestResult[], terminal: Terminal): ExitCode {
  const failed = results.filter((result) => !isPassed(result)).length;
  const { talkStyle, talk } = terminal;
  if (results.length === 0) talk("there are no tests; `gwl init --template jwt` shows how they are written\n");
  else talk(`${talkStyle(failed > 0 ? "red" : "green", `${results.length - failed} passed, ${failed} failed`)}\n`);
  const odd = results.find((result) => result.disagrees);
  if (odd === undefined) return failed > 0 ? EXIT.findings : EXIT.ok;
  terminal.complain(
    `the compiled handler and the reference interpreter disagree on "${odd.test.name}". This is a fault of gwl, please report it`,
  );
  return EXIT.internal;
}
