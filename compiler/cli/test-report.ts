/** Results of a program's tests: a line each for people, with both sides where one failed, and a frozen form for programs. */
import type { TestRequest } from "../model/program.ts";
import type { TestResult } from "../testing/run-tests.ts";
import { decisionJson } from "./explanation-json.ts";
import { type PlaceRule, sitesOf } from "./rule-places.ts";
import type { PlaceOf } from "./shown-files.ts";
import type { Terminal } from "./terminal.ts";

/** `disagrees`: the interpreter decided otherwise. */
export type ProgramTestResult = TestResult & { readonly disagrees: boolean };

export function isPassed({ failure }: TestResult): boolean {
  return failure === undefined;
}

export function printTestResults(results: readonly ProgramTestResult[], placeOf: PlaceOf, placeRule: PlaceRule, terminal: Terminal): void {
  const { style, out } = terminal;
  for (const [name, group] of Map.groupBy(results, (result) => result.test.name)) {
    const failed = group.filter((result) => !isPassed(result));
    const requests = new Set(group.map((result) => result.test)).size;
    const count = requests > 1 ? style("dim", ` (${requests} requests)`) : "";
    out(`${failed.length === 0 ? style("green", "✓") : style("red", "✗")} ${name}${count}\n`);
    for (const text of failuresOf(failed, placeOf, placeRule, terminal)) out(text);
  }
}

/** What failed in several stages alike is said once. */
function failuresOf(failed: readonly ProgramTestResult[], placeOf: PlaceOf, placeRule: PlaceRule, { style }: Terminal): readonly string[] {
  const alike = Map.groupBy(failed, (result) => {
    const { request, span } = result.test;
    const lines = [
      `  ${style("dim", `${placeOf(span)}  `)}${requestWords(request)}`,
      `    expected  ${style("green", (result.failure ?? "").replace(/^expected /, ""))}`,
      `    was       ${style("red", outcomeWords(result, placeRule))}`,
    ];
    return `${lines.join("\n")}\n`;
  });
  return [...alike].map(([text, results]) => {
    const stages = results.flatMap(({ stage }) => stage ?? []);
    return stages.length === 0 ? text : `${text}    in stage${stages.length > 1 ? "s" : ""}  ${stages.join(", ")}\n`;
  });
}

function requestWords({ method, target, from, as, body }: TestRequest): string {
  const callers = as.map(({ identity, claims }) => ` as ${identity} ${JSON.stringify(claims)}`).join("");
  return `${method} ${target} from ${from}${callers}${body === undefined ? "" : ` body ${JSON.stringify(body)}`}`;
}

function outcomeWords({ outcome }: TestResult, placeRule: PlaceRule): string {
  const { decision, answer } = outcome;
  const status = answer.kind === "local" ? ` (${answer.status})` : "";
  if (decision.cause === "default") return `denied${status} by default: no rule allows it`;
  if (decision.cause !== "rule") return `refused${status}: ${decision.cause.replaceAll("-", " ")}`;
  const rules = decision.rules.map((key) => {
    const { label, at, through } = placeRule(sitesOf(key));
    const outermost = through[0];
    return outermost === undefined ? `\`${label}\` (${at})` : `\`${outermost.label}\` (${outermost.at})`;
  });
  return `${decision.effect === "allow" ? "allowed" : `denied${status}`} by ${rules.join(" and ")}`;
}

export function testResultsJson(results: readonly ProgramTestResult[], placeOf: PlaceOf, placeRule: PlaceRule): string {
  const list = results.map((result) => ({
    name: result.test.name,
    at: placeOf(result.test.span),
    ...(result.stage === undefined ? {} : { stage: result.stage }),
    request: result.test.request,
    passed: isPassed(result),
    ...(result.failure === undefined ? {} : { failure: result.failure }),
    decision: decisionJson(result.outcome, placeRule),
  }));
  return `${JSON.stringify({ format: "gwl-tests/1", results: list }, null, 2)}\n`;
}
