/** How far a request came, and the outcomes that can be told from it: a refusal says what is known by then, and no more (D52). */
import type { Answer, Cause, Decision, HeaderField, Outcome, Principal } from "../contract/gateway.ts";
import type { Trace } from "../contract/trace.ts";
import type { RuleData } from "../contract/table-data.ts";
import { withAddedFields } from "./added-fields.ts";
import { refusal, type RefusalFacts } from "./refusal.ts";
import type { Running } from "./running.ts";
import { withLimitFields } from "./traffic.ts";

export type Progress = {
  requestId: string;
  trace?: Trace;
  client: string;
  route?: string;
  parameters: Readonly<Record<string, string | number>>;
  principal?: Principal;
  entry?: string;
  /** What answers say of the limits that the call was asked at. */
  limitFields?: readonly HeaderField[];
  /** `Vary` fields, where the route depends on what the request says of versions. */
  vary?: readonly HeaderField[];
};

/** Of a call whose route is not known. */
export const noParameters: Progress["parameters"] = {};

/** Why a request goes no further. `rules`: the determining rules, by number. */
export type Refused = {
  readonly cause: Cause;
  readonly rules?: readonly number[];
  /** Of limits that refuse: their keys, sorted. */
  readonly keys?: readonly string[];
  readonly facts?: Omit<RefusalFacts, "requestId" | "detail">;
};

/** A browser asked whether it may call, and may. */
export type Granted = { readonly granted: readonly HeaderField[] };

export function refusedOutcome({ bound }: Running, progress: Progress, { cause, rules = noRules, keys, facts }: Refused): Outcome {
  const { data } = bound;
  const detail = data.explainRefusals ? reasons(data.rules, rules) : undefined;
  const { requestId } = progress;
  const isPlain = facts === undefined && detail === undefined;
  const answer = refusal(cause, isPlain ? { requestId } : { requestId, ...facts, ...(detail === undefined ? {} : { detail }) });
  return outcome(progress, "deny", cause, keys ?? keysOf(data.rules, rules), answer);
}

export function allowedOutcome({ bound }: Running, progress: Progress, rules: readonly number[], answer: Answer): Outcome {
  return outcome(progress, "allow", "rule", keysOf(bound.data.rules, rules), answer);
}

export function preflightOutcome(progress: Progress, { granted }: Granted): Outcome {
  const headers: readonly HeaderField[] = [["x-request-id", progress.requestId], ...granted];
  return outcome(progress, "allow", "preflight", [], { kind: "local", status: 204, headers, body: "" });
}

function outcome(
  progress: Progress,
  effect: "allow" | "deny",
  cause: Decision["cause"],
  rules: readonly string[],
  answer: Answer,
): Outcome {
  const { requestId, client, route, parameters, principal, entry, limitFields, vary, trace } = progress;
  // What is not known is absent, not undefined. Written out: a spread for each, or a member that comes later, costs more than all else here.
  const decision: Known =
    route === undefined || principal === undefined
      ? { effect, cause, rules, parameters }
      : { effect, cause, rules, parameters, route, principal };
  if (route !== undefined) decision.route = route;
  if (entry !== undefined) decision.entry = entry;
  const limited = limitFields === undefined ? answer : withLimitFields(answer, limitFields);
  const told = { requestId, client, decision, answer: vary === undefined ? limited : withAddedFields(limited, vary) };
  return trace === undefined ? told : { ...told, trace };
}

type Known = Decision & { route?: string; entry?: string };

const noRules: readonly number[] = [];
const noKeys: readonly string[] = [];

/** Sorted by code units. */
function keysOf(rules: readonly RuleData[], numbers: readonly number[]): readonly string[] {
  if (numbers.length === 0) return noKeys;
  if (numbers.length === 1) return [rules[numbers[0] ?? 0]?.key ?? ""];
  return [...new Set(numbers.map((number) => rules[number]?.key ?? ""))].sort();
}

/** What the determining rules say, in the order of their keys, equal texts once. */
function reasons(rules: readonly RuleData[], numbers: readonly number[]): string | undefined {
  const told = numbers.flatMap((number) => rules[number] ?? []).toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const texts = new Set(told.flatMap(({ because }) => because ?? []));
  return texts.size === 0 ? undefined : [...texts].join("; ");
}
