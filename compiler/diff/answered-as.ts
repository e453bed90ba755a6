/** Values for the parts of a call by which questions are answered as they should be. Tries what constants suggest; finding none proves nothing. */
import type { Expr } from "../model/expression.ts";
import type { Candidate } from "./candidates.ts";
import { leavesOf } from "./leaves.ts";

export type WantedAnswer = { readonly expr: Expr; readonly isTrue: boolean };
/** By the keys of leaves. */
export type Values = ReadonlyMap<string, Candidate>;
/** `candidates`: for a part, by the questions that read it and those that hang together with them. */
export type Answering = {
  readonly candidates: (leaf: Expr, questions: readonly Expr[]) => readonly Candidate[];
  readonly answers: (question: Expr, values: Values) => boolean;
};

/** Combinations tried for questions that hang together. */
const MOST_TRIED = 3_000;

export function valuesFor(wanted: readonly WantedAnswer[], { candidates, answers }: Answering): Values | undefined {
  const found = new Map<string, Candidate>();
  for (const part of connected(wanted)) {
    const leaves = new Map(part.flatMap(({ expr }) => leavesOf(expr)).map(({ key, expr }) => [key, expr]));
    const questions = part.map(({ expr }) => expr);
    const choices = [...leaves].map(([key, leaf]) => ({ key, values: candidates(leaf, questions) }));
    const isRight = (values: Values): boolean => part.every(({ expr, isTrue }) => answers(expr, values) === isTrue);
    const right = firstOf(combinations(choices), isRight);
    if (right === undefined) return undefined;
    for (const [key, value] of right) found.set(key, value);
  }
  return found;
}

function firstOf(all: Iterable<Values>, isRight: (values: Values) => boolean): Values | undefined {
  let tried = 0;
  for (const values of all) {
    if (isRight(values)) return values;
    if (++tried >= MOST_TRIED) return undefined;
  }
  return undefined;
}

type Choice = { readonly key: string; readonly values: readonly Candidate[] };

function* combinations(choices: readonly Choice[]): Iterable<Values> {
  const [first, ...others] = choices;
  if (first === undefined) {
    yield new Map();
    return;
  }
  for (const value of first.values) for (const rest of combinations(others)) yield new Map([[first.key, value], ...rest]);
}

/** Questions that share no part of the call are answered apart. */
function connected(wanted: readonly WantedAnswer[]): readonly (readonly WantedAnswer[])[] {
  const groups: { readonly keys: Set<string>; readonly wanted: WantedAnswer[] }[] = [];
  for (const one of wanted) {
    const keys = new Set(leavesOf(one.expr).map(({ key }) => key));
    const touching = groups.filter((group) => [...keys].some((key) => group.keys.has(key)));
    const merged = {
      keys: new Set([...keys, ...touching.flatMap((group) => [...group.keys])]),
      wanted: [...touching.flatMap((group) => group.wanted), one],
    };
    for (const group of touching) groups.splice(groups.indexOf(group), 1);
    groups.push(merged);
  }
  return groups.map((group) => group.wanted);
}
