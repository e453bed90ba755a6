/** The nodes that cells reach, with their predicates and lookups, numbered in the order in which cells reach them. */
import type { Cell, Lookup, Node, PhaseNodes, Predicate } from "../model/ir.ts";
import type { NodeTable } from "./node-table.ts";

export type Compacted = {
  readonly cells: readonly Cell[];
  readonly nodes: readonly Node[];
  readonly predicates: readonly Predicate[];
  readonly lookups: readonly Lookup[];
};

export function compact(cells: readonly Cell[], table: NodeTable): Compacted {
  const nodes: Node[] = [{ kind: "empty" }];
  const numbers = new Map<number, number>([[0, 0]]);
  const predicates = numbering<Predicate>((number) => table.predicates[number]);
  const lookups: Lookup[] = [];

  const renumbered = (node: Node): Node => {
    switch (node.kind) {
      case "empty":
      case "rule":
        return node;
      case "test": {
        const [then, otherwise] = [move(node.then), move(node.otherwise)];
        return { kind: "test", predicate: predicates.move(node.predicate), then, otherwise };
      }
      case "union":
        return { kind: "union", parts: node.parts.map(move).sort((a, b) => a - b) };
      case "lookup": {
        const lookup = table.lookups[node.lookup];
        if (lookup === undefined) return { kind: "empty" };
        const entries = lookup.entries.map(([value, entry]) => [value, move(entry)] as const);
        return { kind: "lookup", lookup: lookups.push({ ...lookup, entries }) - 1 };
      }
    }
  };

  /** Parts first, so that they have the smaller numbers. */
  const move = (number: number): number => {
    const known = numbers.get(number);
    if (known !== undefined) return known;
    const node = renumbered(table.node(number));
    const moved = nodes.push(node) - 1;
    numbers.set(number, moved);
    return moved;
  };

  const movePhases = ({ request, principal, body }: PhaseNodes): PhaseNodes => ({
    request: move(request),
    principal: move(principal),
    body: move(body),
  });
  const moved = cells.map(({ denies, allows }) => ({ denies: movePhases(denies), allows: movePhases(allows) }));
  return { cells: moved, nodes, predicates: predicates.kept, lookups };
}

function numbering<T>(get: (number: number) => T | undefined): { readonly kept: readonly T[]; readonly move: (number: number) => number } {
  const kept: T[] = [];
  const numbers = new Map<number, number>();
  return {
    kept,
    move: (number) => {
      const known = numbers.get(number);
      if (known !== undefined) return known;
      const value = get(number);
      if (value === undefined) throw new Error("a node names a predicate that was never made");
      numbers.set(number, kept.length);
      return kept.push(value) - 1;
    },
  };
}
