/**
 * Walks the decision diagram from a node and collects the rules that hold. Each node is entered once a walk, so a walk
 * costs no more than the diagram has nodes, and allocates nothing. Knows no phases.
 */
import { lookupWords, nodeKinds, nodeWords } from "../contract/tables.ts";
import type { Call } from "./call.ts";
import { type NodeOfKey, nodesOfKeys } from "./lookup-keys.ts";
import type { Tables } from "./table-views.ts";

export type Predicate = (call: Call) => boolean;
/** A scalar, or for a lookup over collections an array of them. */
export type Subject = (call: Call) => unknown;

export type DiagramWalker = {
  /** How many rules hold: that many stand in `found` until the next walk, in no particular order, each once. */
  readonly walk: (root: number, call: Call) => number;
  readonly found: Int32Array;
};

/**
 * What a walk uses, made once. Walks never overlap: nothing in one waits. `marked`: for each node the walk in which it was last entered, and
 * its kind and operands in one line of memory. A lookup has its own number, its subject, and 1 where that is a collection.
 */
type Walking = {
  readonly marked: Uint32Array;
  readonly parts: Uint32Array;
  readonly predicates: readonly Predicate[];
  readonly subjects: readonly Subject[];
  readonly nodeOfKey: NodeOfKey;
  readonly found: Int32Array;
  /** Nodes that wait, up to `waiting`. Never made shorter, so that it grows once. */
  readonly open: number[];
  waiting: number;
  number: number;
};

/** Words of a marked node: the mark; kind above operand `a`; `b`; `c`. */
const kindShift = 28;
const operandMask = 2 ** kindShift - 1;

export function diagramWalker(tables: Tables, predicates: readonly Predicate[], subjects: readonly Subject[]): DiagramWalker {
  const marked = markedNodes(tables);
  const found = new Int32Array(marked.length / nodeWords);
  const nodeOfKey = nodesOfKeys(tables);
  const walking: Walking = { marked, parts: tables.parts, predicates, subjects, nodeOfKey, found, open: [], waiting: 0, number: 0 };
  return { walk: (root, call) => (root === 0 ? 0 : walkFrom(walking, root, call)), found };
}

function markedNodes({ nodes, lookups }: Tables): Uint32Array {
  const marked = new Uint32Array(nodes.length);
  for (let at = 0; at < nodes.length; at += nodeWords) {
    const kind = nodes[at] ?? 0;
    const a = nodes[at + 1] ?? 0;
    const isLookup = kind === nodeKinds.lookup;
    marked[at + 1] = ((kind << kindShift) | a) >>> 0;
    marked[at + 2] = isLookup ? (lookups[a * lookupWords] ?? 0) : (nodes[at + 2] ?? 0);
    marked[at + 3] = isLookup ? (lookups[a * lookupWords + 1] ?? 0) : (nodes[at + 3] ?? 0);
  }
  return marked;
}

function walkFrom(walking: Walking, root: number, call: Call): number {
  const { marked, found, open, predicates } = walking;
  const number = nextNumber(walking);
  let count = 0;
  walking.waiting = 0;
  for (let node = root; ; ) {
    const at = node * nodeWords;
    if (node === 0 || marked[at] === number) {
      if (walking.waiting === 0) return count;
      node = open[--walking.waiting] ?? 0;
      continue;
    }
    marked[at] = number;
    const head = marked[at + 1] ?? 0;
    const first = head & operandMask;
    node = 0;
    switch (head >>> kindShift) {
      case nodeKinds.test:
        node = marked[at + (predicates[first]?.(call) === true ? 2 : 3)] ?? 0;
        break;
      case nodeKinds.lookup:
        node = follow(walking, at, first, call);
        break;
      case nodeKinds.union:
        for (let part = first; part < (marked[at + 2] ?? 0); part++) wait(walking, walking.parts[part] ?? 0);
        break;
      case nodeKinds.rule:
        found[count++] = first;
        break;
    }
  }
}

/** Of 2^32 walks the first begins anew. */
function nextNumber(walking: Walking): number {
  if (++walking.number === 0x1_0000_0000) {
    for (let at = 0; at < walking.marked.length; at += nodeWords) walking.marked[at] = 0;
    walking.number = 1;
  }
  return walking.number;
}

function follow(walking: Walking, at: number, lookup: number, call: Call): number {
  const value = walking.subjects[walking.marked[at + 2] ?? 0]?.(call);
  if (value === undefined) return 0;
  if (walking.marked[at + 3] === 0) return walking.nodeOfKey(lookup, value);
  if (Array.isArray(value)) for (const element of value) wait(walking, walking.nodeOfKey(lookup, element));
  return 0;
}

function wait(walking: Walking, node: number): void {
  if (node !== 0) walking.open[walking.waiting++] = node;
}
