/**
 * Walks the decision diagram from a node and collects the rules that hold. Each node is entered once a walk, so a walk
 * costs no more than the diagram has nodes, and collecting nothing allocates nothing. Knows no phases.
 */
import { nodeKinds, nodeWords } from "../contract/tables.ts";
import type { Call } from "./call.ts";
import type { Tables } from "./table-views.ts";

export type Predicate = (call: Call) => boolean;
/** A scalar, or for a lookup over collections an array of them. */
export type Subject = (call: Call) => unknown;

/** Rule numbers in no particular order, each once. */
export type Collect = (root: number, call: Call) => readonly number[];

const nothing: readonly number[] = [];

export function diagramWalker(tables: Tables, predicates: readonly Predicate[], subjects: readonly Subject[]): Collect {
  const { nodes, parts } = tables;
  const lookups = lookupMaps(tables);
  /** The walk in which a node was last entered. Walks never overlap: nothing in one waits. */
  const entered = new Uint32Array(nodes.length / nodeWords);
  const open: number[] = [];
  let walk = 0;

  const follow = (lookup: number, call: Call): void => {
    const table = lookups[lookup];
    const value = subjects[lookup]?.(call);
    if (table === undefined || value === undefined) return;
    if (!table.isCollection) return push(table.nodes.get(value));
    if (Array.isArray(value)) for (const element of value) push(table.nodes.get(element));
  };
  const push = (node: number | undefined): void => {
    if (node !== undefined && node !== 0) open.push(node);
  };

  return (root, call) => {
    if (root === 0) return nothing;
    if (++walk === 0x1_0000_0000) {
      entered.fill(0);
      walk = 1;
    }
    let found: number[] | undefined;
    open.length = 0;
    for (let node: number | undefined = root; node !== undefined; node = open.pop()) {
      while (node !== 0 && entered[node] !== walk) {
        entered[node] = walk;
        const at: number = node * nodeWords;
        const kind = nodes[at];
        const first = nodes[at + 1] ?? 0;
        node = 0;
        if (kind === nodeKinds.test) node = nodes[at + (predicates[first]?.(call) === true ? 2 : 3)] ?? 0;
        else if (kind === nodeKinds.lookup) follow(first, call);
        else if (kind === nodeKinds.union) for (let part = first; part < (nodes[at + 2] ?? 0); part++) push(parts[part]);
        else if (kind === nodeKinds.rule) found = collected(found, first);
      }
    }
    return found ?? nothing;
  };
}

function collected(found: number[] | undefined, rule: number): number[] {
  if (found === undefined) return [rule];
  found.push(rule);
  return found;
}

type LookupMap = { readonly nodes: ReadonlyMap<unknown, number>; readonly isCollection: boolean };

function lookupMaps({ data, lookupNodes }: Tables): readonly LookupMap[] {
  let at = 0;
  return data.lookups.map(({ keys, isCollection }) => {
    const nodes = new Map<unknown, number>();
    for (const key of keys) nodes.set(key, lookupNodes[at++] ?? 0);
    return { nodes, isCollection };
  });
}
