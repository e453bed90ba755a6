/**
 * Finds which of many literal texts occur in a text, in one pass over it (Aho and Corasick). Promises: the cost of a pass
 * depends on the text and on what is found, not on how many literals there are.
 */

export type LiteralFinder = {
  /** `literal` is not empty. Before the first search only. */
  readonly add: (literal: string, value: number) => void;
  readonly search: (text: string, take: (values: readonly number[]) => void) => void;
};

type State = {
  readonly next: Map<number, State>;
  /** The state of the longest proper end of this one's text that begins some literal. */
  shorter: State | undefined;
  /** The nearest of the shorter ones that has values. */
  output: State | undefined;
  values: number[] | undefined;
};

export function literalFinder(): LiteralFinder {
  const root = state();
  let isLinked = false;
  return {
    add: (literal, value) => {
      let at = root;
      for (let index = 0; index < literal.length; index++) {
        const unit = literal.charCodeAt(index);
        const next = at.next.get(unit) ?? state();
        at.next.set(unit, next);
        at = next;
      }
      (at.values ??= []).push(value);
    },
    search: (text, take) => {
      if (!isLinked) link(root);
      isLinked = true;
      let at = root;
      for (let index = 0; index < text.length; index++) {
        at = step(at, text.charCodeAt(index)) ?? root;
        for (let found: State | undefined = at; found !== undefined; found = found.output) {
          if (found.values !== undefined) take(found.values);
        }
      }
    },
  };
}

function state(): State {
  return { next: new Map(), shorter: undefined, output: undefined, values: undefined };
}

/** Undefined where not even the empty text goes on: the search starts anew. */
function step(from: State, unit: number): State | undefined {
  for (let at: State | undefined = from; at !== undefined; at = at.shorter) {
    const next = at.next.get(unit);
    if (next !== undefined) return next;
  }
  return undefined;
}

/** Breadth first, since what is shorter must be linked before. */
function link(root: State): void {
  const open: State[] = [root];
  for (let first = 0; first < open.length; first++) {
    const from = open[first];
    if (from === undefined) return;
    for (const [unit, to] of from.next) {
      to.shorter = (from.shorter === undefined ? undefined : step(from.shorter, unit)) ?? root;
      to.output = to.shorter.values === undefined ? to.shorter.output : to.shorter;
      open.push(to);
    }
  }
}
