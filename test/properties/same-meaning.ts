/** Outcomes of two programs that should mean the same: rules by what they say, since their numbers move with their places. */
import type { Program } from "../../compiler/model/program.ts";
import type { Outcome } from "../../runtime/contract/gateway.ts";
import { comparable } from "../harness/both-hands.ts";
import { counterexample } from "./counterexample.ts";
import { ask, requestsOf, type Streams, type Trial } from "./trial.ts";

export function saidBy(outcome: Outcome, { sites }: Program): string {
  const labels = outcome.decision.rules.map((rule) => rule.split("/").map((site) => sites[Number(site)]?.label ?? "?"));
  const { answer } = outcome;
  const rules = labels.map((way) => way.join(" > ")).sort();
  const said = { ...outcome, decision: { ...outcome.decision, rules } };
  return comparable(answer.kind === "local" ? { ...said, answer: { ...answer, body: reasonsSorted(answer.body) } } : said);
}

/** The reasons of a refusal stand in the order of the rules. */
function reasonsSorted(body: string): string {
  return body.replace(/"detail":"([^"]*)"/, (_, detail: string) => `"detail":"${detail.split("; ").sort().join("; ")}"`);
}

/** Throws with the counterexample where the reference of one and the handler of the other differ. */
export async function expectSame(given: Streams, one: Trial, other: Trial, what: string, said = saidBy): Promise<void> {
  for (const request of requestsOf(given, one.generated)) {
    const expected = said(await ask(one.reference, request, one.generated), one.program);
    const actual = said(await ask(other.compiled, request, one.generated), other.program);
    if (expected !== actual)
      throw counterexample(other.generated, other.configuration, request, `${what}\nbefore: ${expected}\nafter: ${actual}`);
  }
}
