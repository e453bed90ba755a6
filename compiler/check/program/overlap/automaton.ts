/**
 * A pattern as a nondeterministic automaton that reads a text from its first to its last character. Promises: reads what a
 * *search* with the pattern finds, so an unanchored pattern has loops around it. Knows nothing of routes.
 */
import { ANY_CODE_POINT, type CodePoints } from "./code-points.ts";
import type { PatternTree } from "./pattern-tree.ts";

export type Move = { readonly set: CodePoints; readonly to: number };
export type Automaton = {
  readonly start: number;
  /** What can be read at `state`; `isFirst`: nothing was read yet. */
  readonly movesFrom: (state: number, isFirst: boolean) => readonly Move[];
  /** Whether the text may end at `state`. */
  readonly mayEnd: (state: number, isFirst: boolean) => boolean;
};

type Silent = { readonly to: number; readonly guard?: "start" | "end" };
type Parts = { readonly moves: Move[][]; readonly silents: Silent[][] };

const MOST_STATES = 20_000;

/** Undefined when it would have more states than anybody needs. */
export function automatonOf(tree: PatternTree): Automaton | undefined {
  const parts: Parts = { moves: [], silents: [] };
  const start = addState(parts);
  const end = addState(parts);
  move(parts, start, ANY_CODE_POINT, start);
  move(parts, end, ANY_CODE_POINT, end);
  if (!connect(parts, tree, start, end)) return undefined;
  return { start, ...readings(parts, end) };
}

function connect(parts: Parts, tree: PatternTree, from: number, to: number): boolean {
  if (parts.moves.length > MOST_STATES) return false;
  switch (tree.kind) {
    case "set":
      move(parts, from, tree.set, to);
      return true;
    case "start":
    case "end":
      silent(parts, from, { to, guard: tree.kind });
      return true;
    case "choice":
      return tree.parts.every((part) => connect(parts, part, from, to));
    case "sequence":
      return connectSequence(parts, tree.parts, from, to);
    case "repeat":
      return connectRepeat(parts, tree, from, to);
  }
}

function connectSequence(parts: Parts, sequence: readonly PatternTree[], from: number, to: number): boolean {
  let at = from;
  for (const part of sequence) {
    const next = addState(parts);
    if (!connect(parts, part, at, next)) return false;
    at = next;
  }
  silent(parts, at, { to });
  return true;
}

function connectRepeat(parts: Parts, tree: PatternTree & { kind: "repeat" }, from: number, to: number): boolean {
  let at = addState(parts);
  silent(parts, from, { to: at });
  for (let count = 0; count < tree.least; count++) {
    const next = addState(parts);
    if (!connect(parts, tree.part, at, next)) return false;
    at = next;
  }
  if (tree.most === Number.POSITIVE_INFINITY) {
    silent(parts, at, { to });
    return connect(parts, tree.part, at, at);
  }
  for (let count = tree.least; count < tree.most; count++) {
    const next = addState(parts);
    silent(parts, at, { to });
    if (!connect(parts, tree.part, at, next)) return false;
    at = next;
  }
  silent(parts, at, { to });
  return true;
}

function readings(parts: Parts, end: number): Omit<Automaton, "start"> {
  const moves = new Map<number, readonly Move[]>();
  const ends = new Map<number, boolean>();
  return {
    movesFrom: (state, isFirst) =>
      remembered(moves, state * 2 + Number(isFirst), () =>
        [...silentlyReached(parts, state, { start: isFirst, end: false })].flatMap((reached) => parts.moves[reached] ?? []),
      ),
    mayEnd: (state, isFirst) =>
      remembered(ends, state * 2 + Number(isFirst), () => silentlyReached(parts, state, { start: isFirst, end: true }).has(end)),
  };
}

function silentlyReached(parts: Parts, state: number, open: { readonly start: boolean; readonly end: boolean }): ReadonlySet<number> {
  const reached = new Set([state]);
  for (const at of reached) {
    for (const { to, guard } of parts.silents[at] ?? []) if (guard === undefined || open[guard]) reached.add(to);
  }
  return reached;
}

function remembered<Value>(known: Map<number, Value>, key: number, make: () => Value): Value {
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = make();
  known.set(key, made);
  return made;
}

function addState(parts: Parts): number {
  parts.silents.push([]);
  return parts.moves.push([]) - 1;
}

function move(parts: Parts, from: number, set: CodePoints, to: number): void {
  parts.moves[from]?.push({ set, to });
}

function silent(parts: Parts, from: number, edge: Silent): void {
  parts.silents[from]?.push(edge);
}
