/**
 * Finds which of many literal texts occur in a text, in one pass over it (Aho and Corasick). Promises: the cost of a pass
 * depends on the text and on what is found, not on how many literals there are.
 *
 * Up to `mostCells` every step is one look into a table, by state and class of character: characters of which no literal has
 * any are one class. Beyond it steps go along edges, and memory is that of the literals.
 */

export type LiteralFinder = {
  /** `literal` is not empty. Before the first search only. */
  readonly add: (literal: string, value: number) => void;
  /** In what stands from `start` on. */
  readonly search: (text: string, start: number, take: (values: readonly number[]) => void) => void;
};

/** Numbers of states; 0 is the start. */
type Trie = {
  readonly edges: Map<number, number>[];
  readonly values: (number[] | undefined)[];
};
type Search = LiteralFinder["search"];

/** 16 MB of states. */
const mostCells = 4_000_000;

export function literalFinder(): LiteralFinder {
  const trie: Trie = { edges: [new Map()], values: [undefined] };
  let search: Search | undefined;
  return {
    add: (literal, value) => {
      let at = 0;
      for (let index = 0; index < literal.length; index++) at = child(trie, at, literal.charCodeAt(index));
      (trie.values[at] ??= []).push(value);
    },
    search: (text, start, take) => (search ??= searchOf(trie))(text, start, take),
  };
}

function child({ edges, values }: Trie, from: number, unit: number): number {
  const known = edges[from]?.get(unit);
  if (known !== undefined) return known;
  edges[from]?.set(unit, edges.length);
  values.push(undefined);
  return edges.push(new Map()) - 1;
}

function searchOf(trie: Trie): Search {
  const { shorter, outputs } = link(trie);
  const { classes, width } = classesOf(trie);
  return trie.edges.length * width <= mostCells ? byTable(trie, shorter, outputs, classes, width) : byEdges(trie, shorter, outputs);
}

/**
 * `shorter`: the state of the longest proper end of a state's text that begins some literal. `outputs`: for each state the nearest one,
 * itself or shorter, that has values; -1 is none.
 */
function link({ edges, values }: Trie): { readonly shorter: Int32Array; readonly outputs: Int32Array } {
  const shorter = new Int32Array(edges.length);
  const outputs = new Int32Array(edges.length).fill(-1);
  const open = [0];
  // Breadth first, since what is shorter must be linked before.
  for (let first = 0; first < open.length; first++) {
    const from = open[first] ?? 0;
    for (const [unit, to] of edges[from] ?? []) {
      shorter[to] = from === 0 ? 0 : follow(edges, shorter, shorter[from] ?? 0, unit);
      outputs[to] = values[to] === undefined ? (outputs[shorter[to] ?? 0] ?? -1) : to;
      open.push(to);
    }
  }
  return { shorter, outputs };
}

function follow(edges: Trie["edges"], shorter: Int32Array, from: number, unit: number): number {
  for (let at = from; ; at = shorter[at] ?? 0) {
    const next = edges[at]?.get(unit);
    if (next !== undefined) return next;
    if (at === 0) return 0;
  }
}

/** The class of each code unit; 0, or nothing, for those that no literal has. `width`: how many classes there are. */
function classesOf({ edges }: Trie): { readonly classes: Uint16Array; readonly width: number } {
  const units = new Set(edges.flatMap((next) => [...next.keys()]));
  const classes = new Uint16Array([...units].reduce((largest, unit) => Math.max(largest, unit), 0) + 1);
  let width = 1;
  for (const unit of units) classes[unit] = width++;
  return { classes, width };
}

/** A step into a state with outputs is below zero, so that all others need no look at what is found there. */
function byTable({ edges, values }: Trie, shorter: Int32Array, outputs: Int32Array, classes: Uint16Array, width: number): Search {
  const steps = new Int32Array(edges.length * width);
  const open = [0];
  for (let first = 0; first < open.length; first++) {
    const from = open[first] ?? 0;
    const spare = (shorter[from] ?? 0) * width;
    if (from !== 0) steps.copyWithin(from * width, spare, spare + width);
    for (const [unit, to] of edges[from] ?? []) {
      steps[from * width + (classes[unit] ?? 0)] = (outputs[to] ?? -1) >= 0 ? ~to : to;
      open.push(to);
    }
  }
  return (text, start, take) => {
    let at = 0;
    for (let index = start; index < text.length; index++) {
      at = steps[at * width + (classes[text.charCodeAt(index)] ?? 0)] ?? 0;
      if (at >= 0) continue;
      at = ~at;
      takeAll(outputs[at] ?? -1, values, shorter, outputs, take);
    }
  };
}

function byEdges({ edges, values }: Trie, shorter: Int32Array, outputs: Int32Array): Search {
  return (text, start, take) => {
    let at = 0;
    for (let index = start; index < text.length; index++) {
      at = follow(edges, shorter, at, text.charCodeAt(index));
      const output = outputs[at] ?? -1;
      if (output >= 0) takeAll(output, values, shorter, outputs, take);
    }
  };
}

function takeAll(
  output: number,
  values: Trie["values"],
  shorter: Int32Array,
  outputs: Int32Array,
  take: (values: readonly number[]) => void,
): void {
  for (let at = output; at >= 0; at = outputs[shorter[at] ?? 0] ?? -1) {
    const found = values[at];
    if (found !== undefined) take(found);
  }
}
