/**
 * `reference(p) = compiled(p)`: for generated programs and requests on their edges, the interpreter and the compiled handler
 * give the same outcome: decision, determining rules, status, principal, route, parameters, and the request to the backend.
 */
import { writeFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Ir } from "../../compiler/model/ir.ts";
import { answersBeforeRoutes, answersOfRoute } from "../../compiler/model/route-answers.ts";
import type { Outcome } from "../../runtime/contract/gateway.ts";
import { comparable } from "../harness/both-hands.ts";
import { composedAnswer, judgedAnswers } from "../harness/judged-answers.ts";
import { counterexample } from "./counterexample.ts";
import { coverage, coverageTable } from "./coverage.ts";
import { PATIENCE, runs, runSize, SEED, shrunk } from "./run-size.ts";
import { ask, repliesTo, repliesToParts, requestsOf, type Streams, streams, trialOf } from "./trial.ts";

/** So many that what occurs once in some thousands is never left out by chance. */
const PAIRS = runSize("PAIRS", 60_000);
const REQUESTS = 50;
/** In fewer pairs chance decides what occurs. */
const ENOUGH = 20_000;

const seen = coverage();

describe(`agreement of both hands (seed ${SEED})`, () => {
  test(`${PAIRS} pairs of program and request`, PATIENCE, async () => {
    await fc.assert(fc.asyncProperty(streams(REQUESTS), shrunk(agree)), runs(Math.ceil(PAIRS / REQUESTS)));
    if (process.env["GWL_COVERAGE"] !== undefined) writeFileSync(process.env["GWL_COVERAGE"], `${coverageTable(seen)}\n`);
  });

  test("few generated programs are refused", () => {
    expect(seen.refused() / seen.programs()).toBeLessThan(0.15);
  });

  test.runIf(PAIRS >= ENOUGH)("every construct, operator and outcome has occurred", () => {
    expect(seen.missing()).toEqual([]);
  });
});

/** A refusal is one of those that are known of the route, and has the status that is known. */
function isListed(ir: Ir, { decision, answer }: Outcome): boolean {
  if (decision.effect === "allow" || answer.kind !== "local") return true;
  const at = ir.routes.findIndex(({ key }) => key === decision.route);
  const listed = at < 0 ? answersBeforeRoutes(ir) : answersOfRoute(ir, at);
  return listed.some(({ kind, status }) => kind === decision.cause && status === answer.status);
}

async function agree(given: Streams): Promise<void> {
  const trial = await trialOf(given);
  seen.program(trial);
  if (trial === undefined) return;
  const { generated, configuration, reference, compiled } = trial;
  for (const request of requestsOf(given, generated)) {
    const expected = await ask(reference, request, generated);
    const actual = await ask(compiled, request, generated);
    const replies = repliesTo(expected, request, generated);
    const ofParts = repliesToParts(expected, request, generated);
    const judgedBy = (outcome: Outcome): readonly string[] => [
      ...judgedAnswers(outcome, replies),
      ...ofParts.flatMap((each) => composedAnswer(outcome, each)),
    ];
    const [wanted, judged] = [judgedBy(expected), judgedBy(actual)];
    seen.judged(wanted);
    if (judged.join("\n") !== wanted.join("\n"))
      throw counterexample(generated, configuration, request, `answers are judged apart\n${wanted.join("\n")}\nand\n${judged.join("\n")}`);
    const again = await ask(compiled, request, generated);
    seen.outcome(expected, request);
    if (!isListed(trial.ir, expected)) throw counterexample(generated, configuration, request, `${expected.decision.cause} is not listed`);
    if (comparable(actual) !== comparable(expected)) {
      const said = `both hands disagree\nreference: ${comparable(expected)}\ncompiled: ${comparable(actual)}`;
      throw counterexample(generated, configuration, request, said);
    }
    if (comparable(again) !== comparable(actual)) {
      const said = `asked again, the compiled hand says something else\nfirst: ${comparable(actual)}\nthen: ${comparable(again)}`;
      throw counterexample(generated, configuration, request, said);
    }
  }
}
