/** Runs the `test`s of a program against a gateway and says which hold. Knows no way to print them. */
import type { Gateway, Outcome } from "../../runtime/contract/gateway.ts";
import type { Configuration } from "../../runtime/contract/world.ts";
import type { Program, TestCase, TestExpectation } from "../model/program.ts";
import { askedAsWanted } from "./handshake.ts";
import { stageRequest } from "./test-request.ts";

export type TestResult = {
  readonly test: TestCase;
  readonly stage: string | undefined;
  readonly outcome: Outcome;
  /** What was expected and not met; undefined: passed. */
  readonly failure: string | undefined;
};

/** Stages that a test runs in: the one that it names, else all. */
export function stagesOf(test: TestCase, program: Program): readonly (string | undefined)[] {
  if (test.request.stage !== undefined) return [test.request.stage];
  return program.stages.length === 0 ? [undefined] : program.stages;
}

/** `gateway` has not counted any call yet. */
export async function runTest(test: TestCase, program: Program, gateway: Gateway, configuration: Configuration): Promise<TestResult> {
  const call = (): Promise<Outcome> => {
    const { request, world } = stageRequest(test.request, program, configuration);
    return askedAsWanted(
      request,
      async (one) => gateway.handle(one, world),
      (outcome) => outcome,
    );
  };
  for (let before = 1; before < (test.request.times ?? 1); before++) await call();
  const outcome = await call();
  return { test, stage: configuration.stage, outcome, failure: failureOf(test.expect, outcome) };
}

function failureOf(expected: TestExpectation, outcome: Outcome): string | undefined {
  const { outcome: wanted, by } = expected;
  if (typeof wanted === "object") {
    const status = outcome.answer.kind === "local" ? outcome.answer.status : undefined;
    if (status !== wanted.status) return `expected ${wanted.status}`;
  } else if (!isDecided(wanted, outcome)) {
    return `expected ${wanted}${by === undefined ? "" : ` by ${by === "default" ? "default" : by.label}`}`;
  }
  if (by === undefined) return undefined;
  if (by === "default") return outcome.decision.cause === "default" ? undefined : `expected ${label(wanted)} by default`;
  return isBy(by, outcome.decision.rules) ? undefined : `expected ${label(wanted)} by ${by.label}`;
}

function isBy({ sites, uses }: Exclude<TestExpectation["by"], "default" | undefined>, rules: readonly string[]): boolean {
  const deciding = new Set(rules.flatMap((rule) => rule.split("/").map(Number)));
  return sites.some((site) => deciding.has(site)) || uses.some((use) => rules.some((rule) => `${rule}/`.startsWith(`${use}/`)));
}

/** `deny` means that access rules said no; a mistyped path is no denial. */
function isDecided(wanted: "allow" | "deny", { decision }: Outcome): boolean {
  if (wanted === "allow") return decision.effect === "allow";
  return decision.effect === "deny" && (decision.cause === "rule" || decision.cause === "default" || decision.cause === "not-admitted");
}

function label(wanted: TestExpectation["outcome"]): string {
  return typeof wanted === "object" ? String(wanted.status) : wanted;
}
