/** An explanation for programs. The form is frozen by `format`: members are added, never changed. */
import type { Outcome } from "../../runtime/contract/gateway.ts";
import { printType } from "../check/types/print-type.ts";
import type { TestRequest } from "../model/program.ts";
import type { Explanation, Missed, RuleTrace } from "../reference/index.ts";
import { differenceText } from "./print-missed.ts";
import { type PlaceRule, sitesOf } from "./rule-places.ts";

export type ExplainedRequest = { readonly request: TestRequest; readonly stage?: string };
export type Explained = Extract<Explanation, { readonly outcome: Outcome }>;

export function explanationJson({ request, stage }: ExplainedRequest, { outcome, trace }: Explained, placeRule: PlaceRule): string {
  const rule = ({ sites, effect, because, condition, decided }: RuleTrace): object => ({
    ...placeRule(sites),
    effect,
    ...(because === undefined ? {} : { because }),
    condition,
    decided,
  });
  const report = {
    format: "gwl-explanation/1",
    request: { ...request, ...(stage === undefined ? {} : { stage }) },
    client: outcome.client,
    decision: decisionJson(outcome, placeRule),
    answer: outcome.answer,
    phases: trace.phases.map(({ name, happened, rules }) => ({ name, happened, rules: rules.map(rule) })),
    notAsked: trace.notAsked.map(rule),
    ...(trace.missed === undefined ? {} : { missed: missedJson(trace.missed) }),
  };
  return `${JSON.stringify(report, bytesAsText, 2)}\n`;
}

/** Types as they are written, and what people are told beside. */
function missedJson(missed: Missed): object {
  if (missed.what !== "routes") return missed;
  const routes = missed.routes.map(({ route, differs }) => ({
    route,
    differs: { ...differs, ...(differs.in === "parameter" ? { type: printType(differs.type) } : {}) },
    text: differenceText(differs),
  }));
  return { ...missed, routes };
}

/** A decision whose rules are places instead of numbers. */
export function decisionJson({ decision, answer }: Outcome, placeRule: PlaceRule): object {
  return {
    ...decision,
    ...(answer.kind === "local" ? { status: answer.status } : {}),
    rules: decision.rules.map((key) => placeRule(sitesOf(key))),
  };
}

function bytesAsText(_key: string, value: unknown): unknown {
  return value instanceof Uint8Array ? new TextDecoder().decode(value) : value;
}
