/**
 * The questions that conditions are made of, each once a program. Promises: every atom is true or false for every request
 * (an absent operand makes it false), so they may be asked in any order; and the order given here is by what they say, not
 * by where they were met: networks, stage, method, identity, then comparisons by attribute, then all others.
 */
import type { Expr } from "../model/expression.ts";

export type Atom = {
  readonly body: AtomBody;
  /** The question as an expression. */
  readonly predicate: Expr;
  /** Of two atoms with the same one, at most one is true. */
  readonly group: string | undefined;
  readonly order: readonly [rank: number, attribute: string, value: string | number];
};
export type AtomBody =
  /** The client address is in the network of this label. */
  | { readonly kind: "network"; readonly label: string }
  | { readonly kind: "identity" }
  /** A discrete scalar has the value; a discrete collection contains it. */
  | { readonly kind: "equals" | "contains"; readonly subject: Expr; readonly attribute: string; readonly value: string | number }
  /** A discrete scalar has one of many values. */
  | { readonly kind: "oneOf"; readonly subject: Expr; readonly attribute: string; readonly values: readonly (string | number)[] }
  | { readonly kind: "other" };

export type AtomTable = {
  /** The number of the atom with this key, made if it is new. */
  readonly intern: (key: string, make: () => Atom) => number;
  readonly atom: (number: number) => Atom | undefined;
  /** The networks of these labels are told by no class: from now on their atoms are questions like others. */
  readonly askAlone: (labels: ReadonlySet<string>) => void;
  /** All atoms so far, in the order of diagrams. */
  readonly ordered: () => readonly number[];
};

/** Of questions that are asked last. */
export const OTHER_RANK = 5;

export function atomTable(): AtomTable {
  const numbers = new Map<string, number>();
  const atoms: Atom[] = [];
  return {
    intern: (key, make) => {
      const known = numbers.get(key);
      if (known !== undefined) return known;
      numbers.set(key, atoms.length);
      return atoms.push(make()) - 1;
    },
    atom: (number) => atoms[number],
    askAlone: (labels) => {
      for (const [number, { body, predicate, group }] of atoms.entries()) {
        if (body.kind !== "network" || !labels.has(body.label)) continue;
        atoms[number] = { body: { kind: "other" }, predicate, group, order: [OTHER_RANK, "", body.label] };
      }
    },
    ordered: () =>
      atoms
        .map((atom, number) => ({ atom, number }))
        .sort((a, b) => compareOrder(a.atom.order, b.atom.order))
        .map(({ number }) => number),
  };
}

function compareOrder(a: Atom["order"], b: Atom["order"]): number {
  return a[0] - b[0] || compare(a[1], b[1]) || compareValues(a[2], b[2]);
}

/** Numbers before strings. */
export function compareValues(a: string | number, b: string | number): number {
  if (typeof a === "number") return typeof b === "number" ? a - b : -1;
  return typeof b === "number" ? 1 : compare(a, b);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
