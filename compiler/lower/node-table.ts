/**
 * Nodes, predicates and lookups of the IR, each once. Promises: node 0 is empty, parts have smaller numbers than what they
 * are part of, and a node that does not matter is not made.
 */
import type { ExpressionKeys } from "../model/expression-key.ts";
import type { Expr } from "../model/expression.ts";
import type { Lookup, Node, Predicate } from "../model/ir.ts";
import { compareValues } from "./atoms.ts";

export const EMPTY = 0;

export type LookupEntry = readonly [value: string | number, node: number];
export type NodeTable = {
  readonly rule: (rule: number) => number;
  readonly test: (question: Expr, then: number, otherwise: number) => number;
  readonly lookup: (subject: Expr, isCollection: boolean, entries: readonly LookupEntry[]) => number;
  readonly union: (parts: readonly number[]) => number;
  /** Collects nothing, and yet is not empty: there is something to ask, which cannot hold. */
  readonly barren: () => number;
  readonly node: (number: number) => Node;
  readonly nodes: readonly Node[];
  readonly predicates: readonly Predicate[];
  readonly lookups: readonly Lookup[];
};

export function nodeTable(keyOf: ExpressionKeys): NodeTable {
  const nodes: Node[] = [{ kind: "empty" }];
  const predicates: Predicate[] = [];
  const lookups: Lookup[] = [];
  const known = new Map<string, number>();
  const once = (key: string, make: () => number): number => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const made = make();
    known.set(key, made);
    return made;
  };
  const add = (node: Node): number => nodes.push(node) - 1;

  return {
    nodes,
    predicates,
    lookups,
    node: (number) => nodes[number] ?? { kind: "empty" },
    rule: (rule) => once(`rule ${rule}`, () => add({ kind: "rule", rule })),
    test: (question, then, otherwise) => {
      if (then === otherwise) return then;
      const predicate = once(`predicate ${keyOf(question)}`, () => predicates.push({ expr: question }) - 1);
      return once(`test ${predicate} ${then} ${otherwise}`, () => add({ kind: "test", predicate, then, otherwise }));
    },
    lookup: (subject, isCollection, given) => {
      const entries = given.filter(([, node]) => node !== EMPTY).sort(([a], [b]) => compareValues(a, b));
      if (entries.length === 0) return EMPTY;
      const lookup = once(`table ${JSON.stringify(entries)} ${keyOf(subject)}`, () => lookups.push({ subject, isCollection, entries }) - 1);
      return once(`lookup ${lookup}`, () => add({ kind: "lookup", lookup }));
    },
    barren: () => once("barren", () => add({ kind: "union", parts: [] })),
    union: (given) => {
      const [only = EMPTY, ...others] = given.filter((part) => part !== EMPTY);
      if (others.every((part) => part === only)) return only;
      const parts = [...new Set([only, ...others])].sort((a, b) => a - b);
      return once(`union ${parts.join()}`, () => add({ kind: "union", parts }));
    },
  };
}
