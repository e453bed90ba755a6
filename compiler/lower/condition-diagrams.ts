/**
 * Conditions as diagrams over atoms in one order for the whole program, so that equal conditions are one. A condition that
 * would grow out of proportion is asked as one question instead.
 */
import { type BooleanDiagram, booleanDiagram, FALSE, GIVEN_UP, TRUE } from "../model/boolean-diagram.ts";
import type { Steps } from "../model/steps.ts";
import type { PartEntry } from "./access-parts.ts";
import type { Atom, AtomTable } from "./atoms.ts";
import type { Formula } from "./formula.ts";

export type ConditionDiagrams = {
  readonly diagram: BooleanDiagram;
  /** When the entry's rule is collected. */
  readonly rootOf: (entry: PartEntry) => number;
  readonly atomOf: (variable: number) => Atom;
  /** Labels of the networks that decide here, near the root. */
  readonly networksOf: (root: number) => readonly string[];
  /** What is left of `root` for addresses in exactly the networks that `isIn` says. */
  readonly within: (root: number, isIn: (label: string) => boolean) => number;
};

/** Steps granted to the diagram of one condition. */
const STEPS = 20_000;
/** Atoms that one condition may have before it is asked as a whole. */
const WIDEST = 1_000;

export function* conditionDiagrams(atoms: AtomTable, entries: readonly PartEntry[]): Steps<ConditionDiagrams> {
  const variables = atoms.ordered().slice();
  const places = new Map(variables.map((atom, variable) => [atom, variable]));
  const atomOf = (variable: number): Atom => {
    const atom = atoms.atom(variables[variable] ?? -1);
    if (atom === undefined) throw new Error("a diagram names an atom that no condition has");
    return atom;
  };
  const variableOf = (atom: number): number => {
    const known = places.get(atom);
    if (known !== undefined) return known;
    places.set(atom, variables.length);
    return variables.push(atom) - 1;
  };
  const groups = groupNumbers(variables, atoms);
  const diagram = booleanDiagram((variable) => groups[variable]);
  const build = diagramBuilder(diagram, variableOf);
  const roots = new Map<PartEntry, number>();

  for (const entry of entries) {
    if (roots.has(entry)) continue;
    yield;
    const root = atomsOf(entry.collects).size > WIDEST ? GIVEN_UP : build(entry.collects);
    roots.set(entry, root === GIVEN_UP ? build(entry.whole()) : root);
  }

  return {
    diagram,
    atomOf,
    rootOf: (entry) => roots.get(entry) ?? FALSE,
    networksOf: (root) => networksBelow(root, diagram, atomOf),
    within: (root, isIn) => {
      let rest = root;
      for (let top = diagram.root(rest); top !== undefined; top = diagram.root(rest)) {
        const { body } = atomOf(top.variable);
        if (body.kind !== "network") break;
        rest = isIn(body.label) ? top.high : top.low;
      }
      return rest;
    },
  };
}

function groupNumbers(variables: readonly number[], atoms: AtomTable): readonly (number | undefined)[] {
  const numbers = new Map<string, number>();
  return variables.map((atom) => {
    const group = atoms.atom(atom)?.group;
    if (group === undefined) return undefined;
    if (!numbers.has(group)) numbers.set(group, numbers.size);
    return numbers.get(group);
  });
}

function diagramBuilder(diagram: BooleanDiagram, variableOf: (atom: number) => number): (formula: Formula) => number {
  const build = (formula: Formula): number => {
    switch (formula.kind) {
      case "constant":
        return formula.value ? TRUE : FALSE;
      case "atom":
        return diagram.variable(variableOf(formula.atom));
      case "not":
        return diagram.not(build(formula.operand));
      case "all":
        return lowestFirst(formula.operands.map(build)).reduce(diagram.and, TRUE);
      case "any":
        return lowestFirst(formula.operands.map(build)).reduce(diagram.or, FALSE);
      case "choice": {
        const condition = build(formula.condition);
        const then = diagram.and(condition, build(formula.then));
        return diagram.or(then, diagram.and(diagram.not(condition), build(formula.otherwise)));
      }
    }
  };
  /** What stands deepest is joined first, so that a long chain of atoms grows at its top, in one step each. */
  const lowestFirst = (parts: number[]): number[] => parts.sort((a, b) => depth(b) - depth(a) || a - b);
  const depth = (f: number): number => diagram.root(f)?.variable ?? Number.POSITIVE_INFINITY;
  return (formula) => {
    diagram.grant(STEPS);
    return build(formula);
  };
}

function atomsOf(formula: Formula): ReadonlySet<number> {
  const found = new Set<number>();
  const open = [formula];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.kind === "atom") found.add(next.atom);
    else if (next.kind === "not") open.push(next.operand);
    else if (next.kind === "choice") open.push(next.condition, next.then, next.otherwise);
    else if (next.kind !== "constant") open.push(...next.operands);
  }
  return found;
}

function networksBelow(root: number, diagram: BooleanDiagram, atomOf: (variable: number) => Atom): readonly string[] {
  const first = diagram.root(root);
  if (first === undefined || atomOf(first.variable).body.kind !== "network") return [];
  const labels = new Set<string>();
  const seen = new Set<number>();
  const open = [root];
  for (let f = open.pop(); f !== undefined; f = open.pop()) {
    const top = diagram.root(f);
    if (top === undefined || seen.has(f)) continue;
    seen.add(f);
    const { body } = atomOf(top.variable);
    if (body.kind !== "network") continue;
    labels.add(body.label);
    open.push(top.high, top.low);
  }
  return [...labels].sort();
}
