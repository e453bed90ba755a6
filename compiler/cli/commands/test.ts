/** `gwl test`: runs the `test`s of a gateway against the handler that would be deployed, and holds the interpreter against it. */
import type { Gateway, Start } from "../../../runtime/contract/gateway.ts";
import type { Compilation } from "../../index.ts";
import type { TestCase } from "../../model/program.ts";
import { startReference } from "../../reference/index.ts";
import { testConfiguration } from "../../testing/configuration.ts";
import { describeOutcome, runTest, stagesOf, type TestResult } from "../../testing/run-tests.ts";
import { type Command, lastValue } from "../command.ts";
import { compileFile } from "../compile-file.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { loadHandler } from "../in-process-gateway.ts";
import { placesOf } from "../places.ts";
import type { Terminal } from "../terminal.ts";

const FORMATS = ["text", "json"] as const;

export const test: Command = {
  name: "test",
  summary: "run the tests that stand beside the rules",
  usage: "[FILE]",
  minArguments: 0,
  maxArguments: 1,
  options: [
    { name: "only", value: "TEXT", summary: "only tests whose name has TEXT in it" },
    { name: "format", value: "FORMAT", choices: FORMATS, summary: "how results are printed (default: text)" },
  ],
  about:
    "Each request of a `test` goes through the compiled handler. Callers need no keys: tests run in a world of their own.\nWithout `stage` in it, a test runs in every stage.",
  examples: [
    { command: "gwl test", does: "the gateway in this folder" },
    { command: "gwl test --only support", does: "tests about support" },
  ],
  run: async (input, terminal) => {
    const compiled = await compileFile(input.arguments[0], "emit", "text", terminal);
    if (!compiled.ok) return compiled.exit;
    const { compilation } = compiled;
    const only = lastValue(input, "only") ?? "";
    const tests = compilation.program.tests.filter((candidate) => candidate.name.includes(only));
    const results = await runAll(tests, compilation, terminal);
    if (lastValue(input, "format") === "json") terminal.out(asJson(results, compilation));
    else printResults(results, compilation, terminal);
    return exitCodeOf(results, terminal);
  },
};

type Result = TestResult & { readonly disagreement: boolean };

async function runAll(tests: readonly TestCase[], { program, module }: Compilation, terminal: Terminal): Promise<readonly Result[]> {
  if (module === undefined) return [];
  const compiled = await loadHandler(module, terminal.cwd);
  const reference = startReference(program);
  const results: Result[] = [];
  for (const one of tests) {
    for (const stage of stagesOf(one, program)) {
      const configuration = testConfiguration(program, stage, terminal.environment);
      const result = await runTest(one, program, started(compiled, configuration), configuration);
      const meant = await runTest(one, program, started(reference, configuration), configuration);
      results.push({ ...result, disagreement: verdict(result) !== verdict(meant) });
    }
  }
  return results;
}

function verdict({ outcome: { decision, answer } }: TestResult): string {
  return JSON.stringify([decision.effect, decision.cause, decision.rules, decision.route, answer.kind]);
}

function started(start: Start, configuration: Parameters<Start>[0]): Gateway {
  const result = start(configuration);
  if ("problems" in result) throw new Error(`the gateway does not start for a test: ${result.problems.join("; ")}`);
  return result.gateway;
}

function printResults(results: readonly Result[], { program, sources }: Compilation, terminal: Terminal): void {
  const placeOf = placesOf(sources);
  const sitePlace = (site: number): string => {
    const span = program.sites[site]?.span;
    return span === undefined ? "?" : placeOf(span);
  };
  const byName = new Map<string, Result[]>();
  for (const result of results) byName.set(result.test.name, [...(byName.get(result.test.name) ?? []), result]);
  for (const [name, group] of byName) {
    const failed = group.filter((result) => result.failure !== undefined);
    const mark = failed.length === 0 ? terminal.style("green", "✓") : terminal.style("red", "✗");
    terminal.out(`${mark} ${name}${group.length > 1 ? terminal.style("dim", ` (${group.length} requests)`) : ""}\n`);
    for (const { test: one, stage, outcome, failure } of failed) {
      terminal.out(
        `    ${placeOf(one.span)}${stage === undefined ? "" : ` in stage ${stage}`}: ${one.request.method} ${one.request.target} from ${one.request.from}\n`,
      );
      terminal.out(`    ${failure}; it was ${describeOutcome(outcome, program, sitePlace)}\n`);
    }
  }
}

function exitCodeOf(results: readonly Result[], terminal: Terminal): ExitCode {
  const failed = results.filter((result) => result.failure !== undefined).length;
  terminal.talk(`${results.length - failed} passed, ${failed} failed\n`);
  if (results.length === 0) terminal.talk("there are no tests; see `gwl init --template jwt` for how they are written\n");
  const odd = results.find((result) => result.disagreement);
  if (odd === undefined) return failed > 0 ? EXIT.findings : EXIT.ok;
  terminal.talk(
    `gwl: the compiled handler and the reference interpreter disagree on "${odd.test.name}". This is a fault of gwl, please report it\n`,
  );
  return EXIT.internal;
}

function asJson(results: readonly Result[], { sources }: Compilation): string {
  const placeOf = placesOf(sources);
  const list = results.map(({ test: one, stage, outcome, failure }) => ({
    name: one.name,
    at: placeOf(one.span),
    ...(stage === undefined ? {} : { stage }),
    request: one.request,
    passed: failure === undefined,
    ...(failure === undefined ? {} : { failure }),
    decision: outcome.decision,
  }));
  return `${JSON.stringify({ format: "gwl-tests/1", results: list }, null, 2)}\n`;
}
