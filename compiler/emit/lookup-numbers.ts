/** Lookups as numbers: which subject each asks, and its keys, where equal keys and equal subjects exist once. */
import type { Expr } from "../model/expression.ts";
import { expressionKeys } from "../model/expression-key.ts";
import type { Ir } from "../model/ir.ts";

export type LookupNumbers = {
  /** In the order of their numbers, each with the lookup that asks for it first. */
  readonly subjects: readonly { readonly expr: Expr; readonly keys: number }[];
  readonly keys: readonly (string | number)[];
  readonly lookups: readonly number[];
  readonly lookupKeys: readonly number[];
  readonly lookupNodes: readonly number[];
};

export function lookupNumbers(ir: Ir): LookupNumbers {
  const keyOf = expressionKeys();
  const subjectNumbers = new Map<string, number>();
  const subjects: { expr: Expr; keys: number }[] = [];
  const keyNumbers = new Map<string | number, number>();
  const [lookups, lookupKeys, lookupNodes]: [number[], number[], number[]] = [[], [], []];
  for (const { subject, isCollection, entries } of ir.lookups) {
    const key = keyOf(subject);
    const number = subjectNumbers.get(key) ?? subjects.push({ expr: subject, keys: 0 }) - 1;
    subjectNumbers.set(key, number);
    const asked = subjects[number];
    if (asked !== undefined) asked.keys += entries.length;
    for (const [value, node] of entries) {
      const keyNumber = keyNumbers.get(value) ?? keyNumbers.size;
      keyNumbers.set(value, keyNumber);
      lookupKeys.push(keyNumber);
      lookupNodes.push(node);
    }
    lookups.push(number, isCollection ? 1 : 0, lookupNodes.length);
  }
  return { subjects, keys: [...keyNumbers.keys()], lookups, lookupKeys, lookupNodes };
}
