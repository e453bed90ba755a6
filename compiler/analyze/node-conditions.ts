/**
 * When the nodes of an IR collect: each rule for itself, and anything at all. Promises: exact, or given up where a diagram
 * would grow out of proportion; never wrong.
 */
import { FALSE, GIVEN_UP, TRUE } from "../model/boolean-diagram.ts";
import type { Ir, Node } from "../model/ir.ts";
import type { QuestionVariables } from "./question-variables.ts";

export type RuleCondition = { readonly rule: number; readonly when: number };

export type NodeConditions = {
  /** When the node collects some rule. */
  readonly any: (node: number) => number;
  /** The rules that the node may collect, each with when; one that is met on several ways comes several times. */
  readonly rules: (node: number) => readonly RuleCondition[];
};

export function nodeConditions(ir: Ir, questions: QuestionVariables): NodeConditions {
  const { diagram } = questions;
  const anyOf = new Map<number, number>();
  const rulesOf = new Map<number, readonly RuleCondition[]>();
  const nodeAt = (number: number): Node => ir.nodes[number] ?? { kind: "empty" };

  const branches = (node: Node): readonly { readonly when: number; readonly to: number }[] => {
    switch (node.kind) {
      case "empty":
      case "rule":
        return [];
      case "union":
        return node.parts.map((to) => ({ when: TRUE, to }));
      case "test": {
        const when = questions.predicate(node.predicate);
        return [
          { when, to: node.then },
          { when: diagram.not(when), to: node.otherwise },
        ];
      }
      case "lookup": {
        const lookup = ir.lookups[node.lookup];
        return lookup === undefined ? [] : lookup.entries.map(([value, to]) => ({ when: questions.lookup(lookup, value), to }));
      }
    }
  };

  const any = (number: number): number => {
    const known = anyOf.get(number);
    if (known !== undefined) return known;
    const node = nodeAt(number);
    const parts = branches(node).map(({ when, to }) => diagram.and(when, any(to)));
    const found = node.kind === "rule" ? TRUE : deepestFirst(parts).reduce(diagram.or, FALSE);
    anyOf.set(number, found);
    return found;
  };

  /** What stands deepest is joined first, so that a chain grows at its top. */
  const deepestFirst = (parts: number[]): number[] => parts.sort((a, b) => depth(b) - depth(a) || a - b);
  const depth = (f: number): number => (f === GIVEN_UP ? -1 : (diagram.root(f)?.variable ?? Number.MAX_SAFE_INTEGER));

  const rules = (number: number): readonly RuleCondition[] => {
    const known = rulesOf.get(number);
    if (known !== undefined) return known;
    const node = nodeAt(number);
    if (node.kind === "union") return node.parts.flatMap(rules);
    const below = branches(node).flatMap(({ when, to }) => rules(to).map((one) => ({ rule: one.rule, when: diagram.and(when, one.when) })));
    const found = node.kind === "rule" ? [{ rule: node.rule, when: TRUE }] : below.filter(({ when }) => when !== FALSE);
    rulesOf.set(number, found);
    return found;
  };

  return { any, rules };
}
