/** Counts what the generators really make: each word, form, operator and type in programs, each cause and answer in outcomes. */
import { parseSource, visit } from "../../grammar/index.ts";
import type { Expr } from "../../compiler/model/expression.ts";
import type { Outcome } from "../../runtime/contract/gateway.ts";
import type { GeneratedRequest } from "../arbitraries/requests.ts";
import { ALGEBRA, CAUSES, COMPARISONS, FACTS, FORMS, OPERATORS, TYPES, WORDS } from "./coverage-goals.ts";
import type { Trial } from "./trial.ts";

export type Coverage = {
  /** Undefined: the checker refused it. */
  readonly program: (trial: Trial | undefined) => void;
  readonly outcome: (outcome: Outcome, request: GeneratedRequest) => void;
  /** What became of answers of backends. */
  readonly judged: (judged: readonly string[]) => void;
  readonly programs: () => number;
  readonly refused: () => number;
  readonly requests: () => number;
  /** Names of what has not occurred. */
  readonly missing: () => readonly string[];
  readonly counts: () => ReadonlyMap<string, number>;
};

export function coverage(): Coverage {
  const goals = [
    ...WORDS.map((word) => `word ${word}`),
    ...Object.keys(FORMS).map((form) => `form: ${form}`),
    ...Object.keys(OPERATORS).map((operator) => `expression ${operator}`),
    ...[...COMPARISONS, ...ALGEBRA].map((operator) => `operator ${operator}`),
    ...TYPES.map((type) => `type ${type}`),
    ...Object.keys(CAUSES).map((cause) => `outcome: ${cause}`),
    "answer: fits",
    "answer: misfit",
    "answer: mapped",
    "part: fits",
    "part: absent",
    "part: failed",
    "part: status",
    "whole: none",
    "whole: made",
    ...Object.keys(FACTS).map((fact) => `request: ${fact}`),
  ];
  const counts = new Map(goals.map((goal) => [goal, 0]));
  const add = (name: string): void => void counts.set(name, (counts.get(name) ?? 0) + 1);
  let [programs, refused, requests] = [0, 0, 0];
  return {
    program: (trial) => {
      programs++;
      if (trial === undefined) refused++;
      else for (const name of occurring(trial)) if (counts.has(name)) add(name);
    },
    outcome: (outcome, request) => {
      requests++;
      add(`outcome: ${outcome.decision.cause}`);
      for (const [name, holds] of Object.entries(FACTS)) if (holds(outcome, request)) add(`request: ${name}`);
    },
    judged: (judged) => {
      for (const one of judged) if (one !== "passes") add(goalOf(one));
    },
    programs: () => programs,
    refused: () => refused,
    requests: () => requests,
    missing: () => [...counts].filter(([, count]) => count === 0).map(([name]) => name),
    counts: () => counts,
  };
}

function occurring({ checked, program, generated }: Trial): ReadonlySet<string> {
  const found = new Set<string>();
  for (const source of checked.compilation.sources.values())
    visit(parseSource(source).value, (node) => {
      if (node.kind === "statement") found.add(`word ${node.word.name}`);
    });
  const text = Object.values(generated.files).join("\n");
  for (const [name, pattern] of Object.entries(FORMS)) if (pattern.test(text)) found.add(`form: ${name}`);
  collect(program, found);
  return found;
}

/** Everything with an `op` is an expression, everything with a `kind` may be a type. */
function collect(value: unknown, found: Set<string>): void {
  if (typeof value !== "object" || value === null) return;
  if (isExpression(value)) {
    found.add(`expression ${value.op}`);
    if (value.op === "compare" || value.op === "networkAlgebra") found.add(`operator ${value.operator}`);
  }
  if ("kind" in value && typeof value.kind === "string") found.add(`type ${value.kind}`);
  for (const inner of Object.values(value)) collect(inner, found);
}

function isExpression(value: object): value is Expr {
  return "op" in value && "span" in value;
}

/** As a Markdown table: how often, and in how many of a hundred programs or requests. */
export function coverageTable({ counts, programs, refused, requests }: Coverage): string {
  const good = programs() - refused();
  const rows = [...counts()].map(([name, count]) => {
    const all = name.startsWith("outcome:") || name.startsWith("request:") ? requests() : good;
    return `| ${name.replaceAll("|", "\\|")} | ${count} | ${((100 * count) / all).toFixed(1)} % |`;
  });
  const head = `${good} programs (of ${programs()}, the checker refused ${refused()}), ${requests()} requests.`;
  return [head, "", "| what | how often | of its kind |", "|---|---|---|", ...rows].join("\n");
}

/** Of what became of an answer, as the harness tells it. */
function goalOf(judged: string): string {
  const [first = "", second = ""] = judged.split(" ");
  if (first === "part") return `part: ${second}`;
  if (first === "whole") return `whole: ${second === "none" ? "none" : "made"}`;
  return `answer: ${judged.startsWith("[") ? "mapped" : first}`;
}
