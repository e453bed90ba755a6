/**
 * The tests of the workspace: found in sources, run by the meaning itself (the reference interpreter), so that no code is made or loaded while
 * somebody types. `gwl test` runs the compiled handler as well.
 */
import type { Statement } from "../../grammar/ast.ts";
import type { Outcome } from "../../runtime/contract/gateway.ts";
import { startReference } from "../../compiler/reference/index.ts";
import type { Program, TestCase, TestExpectation } from "../../compiler/model/program.ts";
import { testConfiguration } from "../../compiler/testing/configuration.ts";
import { runTest, stagesOf } from "../../compiler/testing/run-tests.ts";
import type { TestFailure, TestItem, TestRun } from "./pictures.ts";
import { type PlaceRule, placeRules, sitesOfKey } from "./placed-rule.ts";
import type { Breath, ProgramView, Quick } from "./program-view.ts";
import { rangeOf, type Workspace } from "./workspace.ts";

export async function tests(workspace: Workspace, breath: Breath): Promise<readonly TestItem[]> {
  const items = new Map<string, TestItem>();
  for (const view of workspace.programs()) for (const item of testsIn(view, await view.quick(breath))) items.set(item.id, item);
  return [...items.values()].sort((a, b) =>
    a.range.path < b.range.path ? -1 : a.range.path > b.range.path ? 1 : a.range.start - b.range.start,
  );
}

/** In files whose tests belong to the program. */
export function testsIn(view: ProgramView, { bound }: Quick): readonly TestItem[] {
  return bound.loaded.files.flatMap(({ file, tree }) => {
    if (!bound.takenIn.has(file)) return [];
    const counts = new Map<string, number>();
    return tree.entries.flatMap((entry): readonly TestItem[] => {
      if (entry.kind !== "statement" || entry.word.name !== "test") return [];
      const [title] = entry.phrase.terms;
      const name = title?.kind === "text" ? title.value : "";
      const count = counts.get(name) ?? 0;
      counts.set(name, count + 1);
      const range = rangeOf(view, entry.span);
      return [
        {
          id: `${range.path}#${name}#${count}`,
          name,
          range,
          cases: casesIn(view, entry, bound.loaded.files.find((one) => one.file === file)?.source.text ?? ""),
        },
      ];
    });
  });
}

/** Rows but the first, which names the columns; without a table the requests. */
function casesIn(view: ProgramView, { phrase }: Statement, text: string): TestItem["cases"] {
  const blocks = phrase.terms.filter((term) => term.kind === "block");
  const rows = blocks.flatMap(({ entries }) => entries.filter((entry) => entry.kind === "row")).slice(1);
  const requests = blocks.flatMap(({ entries }) => entries.filter((entry) => entry.kind === "statement"));
  return (rows.length > 0 ? rows : requests).map(({ span }) => ({
    label: text.slice(span.start, span.end).replace(/\s+/g, " "),
    range: rangeOf(view, span),
  }));
}

export async function runTests(
  workspace: Workspace,
  ids: readonly string[],
  onDone: (run: TestRun) => void,
  breath: Breath,
): Promise<readonly TestRun[]> {
  const runs = new Map<string, TestRun>();
  for (const view of workspace.programs()) {
    const wanted = testsIn(view, await view.quick(breath)).filter(({ id }) => (ids.length === 0 || ids.includes(id)) && !runs.has(id));
    if (wanted.length === 0) continue;
    const { program, ir, findings } = await view.whole(breath);
    for (const item of wanted) {
      await breath();
      const run =
        ir === undefined
          ? notRun(item, findings.find(({ severity }) => severity === "error")?.message)
          : await runItem(view, program, item, workspace);
      runs.set(item.id, run);
      onDone(run);
    }
  }
  return [...runs.values()];
}

/** A program with an error means nothing that could be tested. */
function notRun({ id, name, range }: TestItem, why = "there is no gateway"): TestRun {
  const message = `the program has an error, so its tests are not run: ${why}`;
  return { id, name, range, isPassed: false, milliseconds: 0, failures: [{ message, range, expected: "", actual: "", decidedBy: [] }] };
}

async function runItem(view: ProgramView, program: Program, item: TestItem, { texts }: Workspace): Promise<TestRun> {
  const { id, name, range } = item;
  const started = texts.compilerHost.now();
  const place = placeRules(view, program);
  const failures: TestFailure[] = [];
  for (const one of program.tests) {
    const at = rangeOf(view, one.span);
    if (at.path !== range.path || at.start < range.start || at.end > range.end) continue;
    for (const stage of stagesOf(one, program)) {
      const failure = await failureOf(one, program, stage, place);
      if (failure !== undefined) failures.push({ ...failure, range: at, ...(stage === undefined ? {} : { stage }) });
    }
  }
  return { id, name, range, isPassed: failures.length === 0, milliseconds: texts.compilerHost.now() - started, failures };
}

async function failureOf(
  test: TestCase,
  program: Program,
  stage: string | undefined,
  place: PlaceRule,
): Promise<Omit<TestFailure, "range"> | undefined> {
  const configuration = testConfiguration(program, stage);
  const started = startReference(program)(configuration);
  const expected = expectedText(test.expect);
  if ("problems" in started) {
    const message = `the gateway does not start: ${started.problems.join("; ")}`;
    return { message, expected, actual: message, decidedBy: [] };
  }
  const { outcome, failure } = await runTest(test, program, started.gateway, configuration);
  if (failure === undefined) return undefined;
  const decidedBy = outcome.decision.rules.map((key) => place(sitesOfKey(key)));
  const actual = actualText(
    outcome,
    decidedBy.map(({ label }) => label),
  );
  return { message: `${test.name}: ${failure}, but it is ${actual}`, expected, actual, decidedBy };
}

function expectedText({ outcome, by }: TestExpectation): string {
  const what = typeof outcome === "object" ? String(outcome.status) : outcome;
  return by === undefined ? what : `${what} by ${by === "default" ? "default" : by.label}`;
}

function actualText({ decision, answer }: Outcome, labels: readonly string[]): string {
  const status = answer.kind === "local" ? ` (${answer.status})` : "";
  if (decision.effect === "allow") return `allow${status}${labels.length === 0 ? "" : ` by ${labels.join(", ")}`}`;
  if (decision.cause === "default") return `deny${status} by default`;
  return decision.cause === "rule" ? `deny${status} by ${labels.join(", ")}` : `refused${status}: ${decision.cause.replaceAll("-", " ")}`;
}
