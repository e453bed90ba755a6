/**
 * What is left of several rules as one node that collects those which hold. Parts that ask the same question become one
 * test; parts that ask one attribute for a value, and nothing otherwise, become one lookup. Promises: grows with the sum of the parts.
 */
import { type BooleanDiagram, FALSE } from "../model/boolean-diagram.ts";
import type { ExpressionKeys } from "../model/expression-key.ts";
import type { Expr } from "../model/expression.ts";
import type { ConditionDiagrams } from "./condition-diagrams.ts";
import { EMPTY, type NodeTable } from "./node-table.ts";
import { residualForm } from "./residual-form.ts";
import { type PileTable, type Residual, type ResidualPile, residualPile } from "./residual-pile.ts";

export type MergeResiduals = (residuals: readonly Residual[]) => number;

/** A diagram with something on both sides goes into a merged test only up to this size: its nodes may be met from both. */
const SMALL = 8;

export function residualMerger(conditions: ConditionDiagrams, nodes: NodeTable, keyOf: ExpressionKeys): MergeResiduals {
  const single = new Map<string, number>();

  const merge: MergeResiduals = (residuals) => {
    const [first] = residuals;
    if (first === undefined) return EMPTY;
    if (residuals.length > 1) return build(residuals);
    const key = `${first.rule} ${first.f}`;
    const known = single.get(key) ?? build(residuals);
    single.set(key, known);
    return known;
  };

  const build = (residuals: readonly Residual[]): number => {
    const pile = residualPile();
    for (const residual of residuals) place(residual, pile);
    for (const table of pile.tables()) finishTable(table, pile);
    for (const { question, then, otherwise } of pile.tests()) pile.finish(nodes.test(question, merge(then), merge(otherwise)));
    return nodes.union(pile.done);
  };

  const place = ({ rule, f }: Residual, pile: ResidualPile): void => {
    const form = residualForm(f, conditions);
    if (form.kind === "collect") pile.finish(nodes.rule(rule));
    else if (form.kind === "test") placeTest({ rule, f }, form.question, form.high, form.low, pile);
    else if (form.kind === "values") {
      for (const { value, question, high } of form.values) {
        if (high !== FALSE) pile.value(form.attribute, form, value, question).push({ rule, f: high });
      }
      place({ rule, f: form.rest }, pile);
    }
  };

  const placeTest = ({ rule, f }: Residual, question: Expr, high: number, low: number, pile: ResidualPile): void => {
    if (high !== FALSE && low !== FALSE && isLarge(f, conditions.diagram)) {
      pile.finish(nodes.test(question, merge([{ rule, f: high }]), merge([{ rule, f: low }])));
      return;
    }
    const test = pile.test(keyOf(question), question);
    if (high !== FALSE) test.then.push({ rule, f: high });
    if (low !== FALSE) test.otherwise.push({ rule, f: low });
  };

  /** A table of one value is better said as a question. */
  const finishTable = ({ subject, isCollection, values }: PileTable, pile: ResidualPile): void => {
    const [first] = values.values();
    if (first !== undefined && values.size === 1) {
      for (const { rule, f } of first.residuals) placeTest({ rule, f }, first.question, f, FALSE, pile);
      return;
    }
    const entries = [...values].map(([value, { residuals }]) => [value, merge(residuals)] as const);
    pile.finish(nodes.lookup(subject, isCollection, entries));
  };

  return (residuals) => {
    conditions.diagram.grant(Number.POSITIVE_INFINITY);
    return merge(residuals);
  };
}

function isLarge(f: number, diagram: BooleanDiagram): boolean {
  const seen = new Set<number>();
  const open = [f];
  for (let next = open.pop(); next !== undefined && seen.size <= SMALL; next = open.pop()) {
    const root = diagram.root(next);
    if (root === undefined || seen.has(next)) continue;
    seen.add(next);
    open.push(root.high, root.low);
  }
  return seen.size > SMALL;
}
