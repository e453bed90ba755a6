/**
 * Finds the route of a canonical path and a method: the most specific path, segment by segment with backtracking, of those
 * that take the method; then the most specific method (D5, D26). Walks a tree of texts character by character; each node is visited at most
 * once a request. A request that fits no route allocates nothing; text is cut out of the path for the parameters of a route that fits.
 */
import { allColumn, columns, listEnd, requestMethods, treeFields } from "../contract/route-tree.ts";
import type { RouteData, RouteMethod } from "../contract/table-data.ts";
import type { Bound } from "./call.ts";
import type { ReadParameter } from "./code.ts";
import type { Tables } from "./table-views.ts";
import type { AskedVersions } from "./versions.ts";

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

/** `versions`: which the request wants; absent: any may take it. `path`: canonical, so its segments are not empty and hold whole triplets of valid UTF-8 only (D20.9). */
export type MatchRoute = (bound: Bound, method: string, path: string, versions?: AskedVersions) => RouteMatch;
/** For each parameter of a route what code gives for it. */
export type ReadersOf = (route: number) => readonly (ReadParameter | undefined)[];

type MatchedRoute = {
  readonly index: number;
  readonly method: RouteMethod;
  readonly names: readonly string[];
  /** Each parameter is any segment. */
  readonly isPlain: boolean;
  readonly parameters: readonly MatchedParameter[];
  readonly choice: RouteData["choice"];
};
/** Without `read` every text fits; `isInt`: the outcome shows the value. */
type MatchedParameter = { readonly isRest: boolean; readonly isInt: boolean; readonly read: ReadParameter | undefined };

const none: RouteMatch = { kind: "none" };
const noValues: readonly string[] = [];
const slash = 47;

/**
 * One match under way. Its functions are the module's own and get it as their argument, so that an engine sees the same functions and
 * the same shape after each reload.
 */
type Matching = {
  readonly tree: Int32Array;
  readonly candidates: Uint32Array;
  readonly open: (route: number) => MatchedRoute;
  readonly routes: (MatchedRoute | undefined)[];
  /** Where each parameter so far begins in `text` and ends. */
  readonly begins: Int32Array;
  readonly ends: Int32Array;
  bound: Bound | undefined;
  versions: AskedVersions | undefined;
  /** As it came, where it has triplets. What is walked is then the path decoded, whose segments are as many. */
  encoded: string | undefined;
  /** The place of the method in `requestMethods`, or `allColumn` to learn which methods there are. */
  column: number;
  /** Some shape has the path, whether or not a route of it takes the method. */
  isKnown: boolean;
  /** Methods of routes that fit, where these are learned. */
  learned: Set<string> | undefined;
};

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

function take(matching: Matching, text: string, set: number): RouteMatch | undefined {
  const { candidates, column } = matching;
  matching.isKnown = true;
  if (column === columns) return undefined;
  let at = candidates[set * columns + column] ?? 0;
  if (at === 0) return undefined;
  for (let route = candidates[at] ?? listEnd; route !== listEnd; route = candidates[++at] ?? listEnd) {
    const match = fit(matching, text, (matching.routes[route] ??= matching.open(route)));
    if (match !== undefined) return match;
  }
  return undefined;
}

function fit(matching: Matching, text: string, route: MatchedRoute): RouteMatch | undefined {
  const { index, names, isPlain } = route;
  if (!isPlain || matching.learned !== undefined) return fitTyped(matching, text, route);
  if (!isWanted(matching, route)) return undefined;
  const shown = plainTexts(matching, text, names.length);
  return { kind: "found", route: index, names, values: shown, shown };
}

/** Of a route whose path fits. */
function isWanted({ versions }: Matching, { choice }: MatchedRoute): boolean {
  return choice === undefined || versions === undefined || versions.mayTake(choice);
}

/** Written out for few: an array that grows is made with room for many. */
function plainTexts({ begins, ends }: Matching, text: string, count: number): readonly string[] {
  switch (count) {
    case 0:
      return noValues;
    case 1:
      return [text.slice(begins[0], ends[0])];
    case 2:
      return [text.slice(begins[0], ends[0]), text.slice(begins[1], ends[1])];
    case 3:
      return [text.slice(begins[0], ends[0]), text.slice(begins[1], ends[1]), text.slice(begins[2], ends[2])];
    default:
      return Array.from({ length: count }, (_, at) => text.slice(begins[at], ends[at]));
  }
}

function fitTyped(matching: Matching, text: string, route: MatchedRoute): RouteMatch | undefined {
  const { index, names, parameters, method } = route;
  const { begins, ends, bound, learned, encoded } = matching;
  if (bound === undefined) return undefined;
  const values: unknown[] = [];
  const shown: (string | number)[] = [];
  for (const [at, { isRest, isInt, read }] of parameters.entries()) {
    const given = isRest ? restFrom(text, encoded, begins[at] ?? 0) : text.slice(begins[at], ends[at]);
    const value = read === undefined ? given : read(given, bound);
    if (value === undefined) return undefined;
    values.push(value);
    shown.push(isInt && typeof value === "number" ? value : given);
  }
  if (!isWanted(matching, route)) return undefined;
  if (learned === undefined) return { kind: "found", route: index, names, values, shown };
  for (const one of answeredBy(method)) learned.add(one);
  return undefined;
}

/** As it came: behind as many slashes as in what was walked. */
function restFrom(text: string, encoded: string | undefined, begin: number): string {
  if (encoded === undefined) return text.slice(begin);
  let at = 0;
  for (let seen = text.indexOf("/"); seen >= 0 && seen < begin; seen = text.indexOf("/", seen + 1)) at = encoded.indexOf("/", at) + 1;
  return begin > text.length ? "" : encoded.slice(at);
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

function answeredBy(method: RouteMethod): readonly string[] {
  if (method === "ANY") return requestMethods;
  return method === "GET" ? ["GET", "HEAD"] : [method];
}

function matchedRoute({ routes }: Tables, index: number, readers: readonly (ReadParameter | undefined)[]): MatchedRoute {
  const { method, path, choice } = routes.at(index);
  const parameters: MatchedParameter[] = [];
  const names: string[] = [];
  for (const segment of path) {
    if (segment.kind === "literal") continue;
    const isInt = segment.kind === "param" && segment.reads === "int";
    parameters.push({ isRest: segment.kind === "rest", isInt, read: readers[parameters.length] });
    names.push(segment.name);
  }
  const isPlain = path.every((segment) => segment.kind === "literal" || (segment.kind === "param" && segment.reads === "plain"));
  return { index, method, names, isPlain, parameters, choice };
}
