/**
 * Finds the route of a canonical path and a method: the most specific path, segment by segment with backtracking, of those
 * that take the method; then the most specific method (D5, D26). Walks a tree of texts character by character; each node is visited at most
 * once a request. A request that fits no route allocates nothing.
 */
import { allColumn, columns, requestMethods, treeFields } from "../contract/route-tree.ts";
import type { Bound } from "./call.ts";
import type { ReadParameter } from "./code.ts";
import { matchedRoute, type Matching, type RouteMatch, take } from "./route-candidates.ts";
import type { Tables } from "./table-views.ts";
import type { AskedVersions } from "./versions.ts";

/** `versions`: which the request wants; absent: any may take it. `path`: canonical, so its segments are not empty and hold whole triplets of valid UTF-8 only (D20.9). */
export type MatchRoute = (bound: Bound, method: string, path: string, versions?: AskedVersions) => RouteMatch;
/** For each parameter of a route what code gives for it. */
export type ReadersOf = (route: number) => readonly (ReadParameter | undefined)[];

const none: RouteMatch = { kind: "none" };
const slash = 47;

export function routeMatcher(tables: Tables, readersOf: ReadersOf): MatchRoute {
  const { routes, data, routeTree, routeCandidates } = tables;
  const { mostParameters } = data.shapes;
  const matching: Matching = {
    tree: routeTree,
    candidates: routeCandidates,
    open: (route) => matchedRoute(tables, route, readersOf(route)),
    routes: Array.from({ length: routes.count }),
    begins: new Int32Array(mostParameters),
    ends: new Int32Array(mostParameters),
    bound: undefined,
    versions: undefined,
    encoded: undefined,
    column: 0,
    isKnown: false,
    learned: undefined,
  };
  return (bound, method, path, versions) => {
    matching.bound = bound;
    matching.versions = versions;
    matching.column = methodColumn(method);
    matching.isKnown = false;
    const isEncoded = path.includes("%");
    matching.encoded = isEncoded ? path : undefined;
    const text = isEncoded ? decodeURIComponent(path) : path;
    return searchRoot(matching, text) ?? (matching.isKnown ? missed(matching, text) : none);
  };
}

function methodColumn(method: string): number {
  for (let at = 0; at < allColumn; at++) if (requestMethods[at] === method) return at;
  return columns;
}

function searchRoot(matching: Matching, text: string): RouteMatch | undefined {
  return text.length === 1 ? atEnd(matching, text, (matching.tree[0] ?? 0) + 1, 0, 0) : search(matching, text, 0, 0, 0);
}

/** `from`: a node, before its text; `start`: where in the path; `before`: how many parameters came before. Goes on in place where there is one way only. */
function search(matching: Matching, text: string, from: number, start: number, before: number): RouteMatch | undefined {
  const { tree } = matching;
  const size = text.length;
  let node = from;
  let at = start;
  let parameter = before;
  for (;;) {
    const end = at + (tree[node] ?? 0);
    if (end > size) return undefined;
    let word = node + 1;
    while (at < end) if (text.charCodeAt(at++) !== tree[word++]) return undefined;
    if (at === size) return atEnd(matching, text, word, at, parameter);
    const child = childOf(tree, word + treeFields.count, text.charCodeAt(at));
    const plain = tree[word + treeFields.plain] ?? 0;
    const others = (tree[word + treeFields.rests] ?? 0) + (tree[word + treeFields.typed] ?? 0);
    if (others !== 0 || (child !== 0 && plain !== 0)) return fork(matching, text, word, child, at, parameter);
    if (child !== 0) {
      node = child;
      at++;
    } else if (plain !== 0) {
      at = segment(matching, text, at, parameter++);
      node = plain;
    } else return undefined;
  }
}

function childOf(tree: Int32Array, at: number, code: number): number {
  const count = tree[at] ?? 0;
  if (count > 0) {
    const place = code - (tree[at + 1] ?? 0);
    return place >= 0 && place < count ? (tree[at + 2 + place] ?? 0) : 0;
  }
  for (let pair = at + 1; pair < at + 1 - 2 * count; pair += 2) if (tree[pair] === code) return tree[pair + 1] ?? 0;
  return 0;
}

/** A literal before a typed parameter before a plain one before the rest. */
function fork(matching: Matching, text: string, fields: number, child: number, at: number, parameter: number): RouteMatch | undefined {
  const { tree } = matching;
  let found = child === 0 ? undefined : search(matching, text, child, at + 1, parameter);
  if (found !== undefined) return found;
  const typed = tree[fields + treeFields.typed] ?? 0;
  const plain = tree[fields + treeFields.plain] ?? 0;
  if (typed + plain !== 0) {
    const end = segment(matching, text, at, parameter);
    if (typed !== 0) found = search(matching, text, typed, end, parameter + 1);
    if (found === undefined && plain !== 0) found = search(matching, text, plain, end, parameter + 1);
    return found;
  }
  // Within a segment no rest begins.
  return text.charCodeAt(at) === slash ? takeRest(matching, text, fields, at, parameter) : undefined;
}

/** Notes where the parameter begins and ends; gives the end. */
function segment({ begins, ends }: Matching, text: string, start: number, parameter: number): number {
  const next = text.indexOf("/", start);
  const end = next < 0 ? text.length : next;
  begins[parameter] = start;
  ends[parameter] = end;
  return end;
}

function atEnd(matching: Matching, text: string, fields: number, at: number, parameter: number): RouteMatch | undefined {
  const ends = matching.tree[fields + treeFields.ends] ?? 0;
  const found = ends === 0 ? undefined : take(matching, text, ends - 1);
  return found ?? takeRest(matching, text, fields, at, parameter);
}

function takeRest(matching: Matching, text: string, fields: number, at: number, parameter: number): RouteMatch | undefined {
  const rests = matching.tree[fields + treeFields.rests] ?? 0;
  if (rests === 0) return undefined;
  matching.begins[parameter] = at + 1;
  return take(matching, text, rests - 1);
}

/** Which methods the path takes: all shapes that fit are visited, with all their routes. */
function missed(matching: Matching, text: string): RouteMatch {
  const learned = new Set<string>();
  matching.column = allColumn;
  matching.learned = learned;
  searchRoot(matching, text);
  matching.learned = undefined;
  return learned.size === 0 ? none : { kind: "method", allow: requestMethods.filter((method) => learned.has(method)) };
}
