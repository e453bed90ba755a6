/**
 * Finds the route of a canonical path and a method: the most specific path, segment by segment with backtracking, of those
 * that take the method; then the most specific method (D5, D26). Each node of the tree is visited at most once a request, each
 * character read once. A request that fits no route allocates nothing; text is cut out of the path for the parameters of a route that fits.
 */
import type { RouteData } from "../contract/table-data.ts";
import type { Bound } from "./call.ts";
import type { ReadParameter } from "./code.ts";
import { beginPath, endsAt, hashSegment, isSegment, type PathText, pathText, readSegment, restFrom, segmentAt } from "./path-text.ts";
import {
  childWords,
  columns,
  fewLiterals,
  type LiteralTable,
  literalPlace,
  placeWords,
  requestMethods,
  type RouteTree,
  routeTree,
  treeNodeWords,
  type TreeRoute,
  treeWords,
} from "./route-tree.ts";

export type RouteMatch =
  /** `values` are what rules read, `shown` what the outcome says. */
  | {
      readonly kind: "found";
      readonly route: number;
      readonly names: readonly string[];
      readonly values: readonly unknown[];
      readonly shown: readonly (string | number)[];
    }
  /** The path is known; `allow` in the order of `requestMethods`. */
  | { readonly kind: "method"; readonly allow: readonly string[] }
  | { readonly kind: "none" };

/** `path`: canonical, so its segments are not empty and hold whole triplets of valid UTF-8 only (D20.9). */
export type MatchRoute = (bound: Bound, method: string, path: string) => RouteMatch;

const none: RouteMatch = { kind: "none" };
const noValues: readonly string[] = [];

/**
 * One match under way. Its functions are the module's own and get it as their argument, so that an engine sees the same functions and
 * the same shape after each reload.
 */
type Matching = {
  readonly tree: RouteTree;
  readonly text: PathText;
  bound: Bound | undefined;
  /** The place of the method in `requestMethods`, or the one behind them. */
  column: number;
  /** Some shape has the path, whether or not a route of it takes the method. */
  isKnown: boolean;
};

export function routeMatcher(routes: readonly RouteData[], readers: readonly (readonly (ReadParameter | undefined)[])[]): MatchRoute {
  const tree = routeTree(routes, readers);
  const matching: Matching = { tree, text: pathText(tree.depth), bound: undefined, column: 0, isKnown: false };
  return (bound, method, path) => {
    matching.bound = bound;
    matching.column = methodColumn(method);
    matching.isKnown = false;
    beginPath(matching.text, path);
    return search(matching, 0, 0) ?? (matching.isKnown ? missed(matching) : none);
  };
}

function methodColumn(method: string): number {
  for (let at = 0; at < columns; at++) if (requestMethods[at] === method) return at;
  return columns;
}

function search(matching: Matching, node: number, depth: number): RouteMatch | undefined {
  const { text } = matching;
  const { nodes } = matching.tree;
  const at = node * treeNodeWords;
  let found: RouteMatch | undefined;
  if (endsAt(text, depth)) {
    const ends = nodes[at + treeWords.ends] ?? 0;
    if (ends !== 0) found = take(matching, ends - 1);
  } else {
    const typed = nodes[at + treeWords.typed] ?? 0;
    const plain = nodes[at + treeWords.plain] ?? 0;
    const literal = literalChild(matching.tree, text, node, depth);
    if (literal !== 0) found = search(matching, literal, depth + 1);
    if (found === undefined && typed + plain !== 0) {
      readSegment(text, depth);
      if (typed !== 0) found = search(matching, typed, depth + 1);
      if (found === undefined && plain !== 0) found = search(matching, plain, depth + 1);
    }
  }
  if (found !== undefined) return found;
  const rests = nodes[at + treeWords.rests] ?? 0;
  return rests === 0 ? undefined : take(matching, rests - 1);
}

/** The child of a node whose text is the segment at `depth`, or 0. */
function literalChild({ nodes, literals }: RouteTree, text: PathText, node: number, depth: number): number {
  const count = nodes[node * treeNodeWords + treeWords.literals] ?? 0;
  if (count > fewLiterals) return hashedChild(literals, text, node, depth);
  const { children, units } = literals;
  let at = nodes[node * treeNodeWords + treeWords.first] ?? 0;
  for (let left = count; left > 0; left--, at += childWords)
    if (isSegment(text, depth, units, children[at + 1] ?? 0, children[at + 2] ?? 0)) return children[at] ?? 0;
  return 0;
}

function hashedChild({ places, bits, children, units }: LiteralTable, text: PathText, node: number, depth: number): number {
  const mask = 2 ** bits - 1;
  const hash = hashSegment(text, depth);
  for (let place = literalPlace(node, hash, bits); ; place = (place + 1) & mask) {
    const owner = places[place * placeWords];
    if (owner === 0) return 0;
    if (owner !== node + 1 || places[place * placeWords + 1] !== hash) continue;
    const at = places[place * placeWords + 2] ?? 0;
    if (isSegment(text, depth, units, children[at + 1] ?? 0, children[at + 2] ?? 0)) return children[at] ?? 0;
  }
}

function take(matching: Matching, candidates: number): RouteMatch | undefined {
  matching.isKnown = true;
  if (matching.column === columns) return undefined;
  for (let one = matching.tree.firsts[candidates * columns + matching.column]; one !== undefined; one = one.next) {
    const match = fit(matching, one.route);
    if (match !== undefined) return match;
  }
  return undefined;
}

function fit(matching: Matching, route: TreeRoute): RouteMatch | undefined {
  const { index, names, plain } = route;
  if (plain === undefined) return fitTyped(matching, route);
  const shown = plainTexts(plain, matching.text);
  return { kind: "found", route: index, names, values: shown, shown };
}

/** Written out for few: an array that grows is made with room for many. */
function plainTexts(at: readonly number[], text: PathText): readonly string[] {
  switch (at.length) {
    case 0:
      return noValues;
    case 1:
      return [segmentAt(text, at[0] ?? 0)];
    case 2:
      return [segmentAt(text, at[0] ?? 0), segmentAt(text, at[1] ?? 0)];
    case 3:
      return [segmentAt(text, at[0] ?? 0), segmentAt(text, at[1] ?? 0), segmentAt(text, at[2] ?? 0)];
    default:
      return at.map((one) => segmentAt(text, one));
  }
}

function fitTyped({ text, bound }: Matching, { index, names, parameters }: TreeRoute): RouteMatch | undefined {
  if (bound === undefined) return undefined;
  const values: unknown[] = [];
  const shown: (string | number)[] = [];
  for (const { at, rest, isInt, read } of parameters) {
    const given = rest ? restFrom(text, at) : segmentAt(text, at);
    const value = read === undefined ? given : read(given, bound);
    if (value === undefined) return undefined;
    values.push(value);
    shown.push(isInt && typeof value === "number" ? value : given);
  }
  return { kind: "found", route: index, names, values, shown };
}

/** Which methods the path takes: all shapes that fit are visited, with all their routes. */
function missed(matching: Matching): RouteMatch {
  const { tree, text } = matching;
  const known = new Set<string>();
  const learn = (candidates: number): void => {
    for (const route of tree.all[candidates - 1] ?? [])
      if (fit(matching, route) !== undefined) for (const method of answeredBy(route)) known.add(method);
  };
  const visit = (node: number, depth: number): void => {
    const word = (which: keyof typeof treeWords): number => tree.nodes[node * treeNodeWords + treeWords[which]] ?? 0;
    if (endsAt(text, depth)) learn(word("ends"));
    else if (word("literals") + word("typed") + word("plain") > 0) {
      const literal = literalChild(tree, text, node, depth);
      readSegment(text, depth);
      for (const child of [literal, word("typed"), word("plain")]) if (child !== 0) visit(child, depth + 1);
    }
    learn(word("rests"));
  };
  visit(0, 0);
  return known.size === 0 ? none : { kind: "method", allow: requestMethods.filter((method) => known.has(method)) };
}

function answeredBy({ method }: TreeRoute): readonly string[] {
  if (method === "ANY") return requestMethods;
  return method === "GET" ? ["GET", "HEAD"] : [method];
}
