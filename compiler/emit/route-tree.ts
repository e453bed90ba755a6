/**
 * Routes as a tree of texts for `tables.bin`. Promises: each shape of paths exists once, whatever parameters are called, so the tree
 * grows with the distinct texts of the routes and not with routes times methods; what only one path goes through is one text.
 */
import { columns, listEnd, requestMethods } from "../../runtime/contract/route-tree.ts";
import type { RouteData, RouteMethod } from "../../runtime/contract/table-data.ts";

export type RouteTree = {
  readonly routeTree: readonly number[];
  readonly routeCandidates: readonly number[];
  /** How many sets of candidates there are, and the most parameters of a route. */
  readonly shapes: { readonly sets: number; readonly mostParameters: number };
};

/** A place in paths: behind a segment, or within one. */
type Place = {
  readonly ends: number[];
  readonly rests: number[];
  typed?: Place;
  plain?: Place;
  readonly children: Map<number, Place>;
};

const slash = 47;

export function routeTree(routes: readonly RouteData[]): RouteTree {
  const root = newPlace();
  for (const [index, route] of routes.entries()) {
    const { ends, rests } = placeOf(root, route);
    (route.path.at(-1)?.kind === "rest" ? rests : ends).push(index);
  }
  const sets: (readonly number[])[] = [];
  const tree: number[] = [];
  writePlace(root, tree, (of) => (of.length === 0 ? 0 : sets.push(of)));
  const mostParameters = routes.reduce((most, { path }) => Math.max(most, path.filter(({ kind }) => kind !== "literal").length), 0);
  return { routeTree: tree, routeCandidates: candidateNumbers(sets, routes), shapes: { sets: sets.length, mostParameters } };
}

function newPlace(): Place {
  return { ends: [], rests: [], children: new Map() };
}

function placeOf(root: Place, { path }: RouteData): Place {
  let place = root;
  for (const segment of path) {
    if (segment.kind === "rest") return place;
    place = childOf(place, slash);
    if (segment.kind === "param") place = segment.reads === "plain" ? (place.plain ??= newPlace()) : (place.typed ??= newPlace());
    else for (let at = 0; at < segment.text.length; at++) place = childOf(place, segment.text.charCodeAt(at));
  }
  return place;
}

function childOf({ children }: Place, code: number): Place {
  const child = children.get(code) ?? newPlace();
  children.set(code, child);
  return child;
}

type SetOf = (routes: readonly number[]) => number;

/** Where the node begins. */
function writePlace(given: Place, tree: number[], setOf: SetOf): number {
  const node = tree.length;
  // A path that ends at once ends at the root, whatever comes behind.
  const { text, place } = node === 0 ? { text: [], place: given } : straight(given);
  const { ends, rests, typed, plain, children } = place;
  tree.push(text.length, ...text, setOf(ends), setOf(rests), 0, 0);
  const fields = tree.length - 4;
  const slots = writeSlots(children, tree);
  for (const [code, child] of [...children].sort(([a], [b]) => a - b)) tree[slots(code)] = writePlace(child, tree, setOf);
  if (typed !== undefined) tree[fields + 2] = writePlace(typed, tree, setOf);
  if (plain !== undefined) tree[fields + 3] = writePlace(plain, tree, setOf);
  return node;
}

/** The text that leads from a place to the next one where anything can happen. */
function straight(given: Place): { readonly text: readonly number[]; readonly place: Place } {
  const text: number[] = [];
  let place = given;
  while (place.ends.length + place.rests.length === 0 && place.typed === undefined && place.plain === undefined) {
    const [only, ...others] = place.children;
    if (only === undefined || others.length > 0) break;
    text.push(only[0]);
    place = only[1];
  }
  return { text, place };
}

/** Children side by side by their code units, as long as at least a quarter of the room is used. Gives the slot of each. */
function writeSlots(children: ReadonlyMap<number, Place>, tree: number[]): (code: number) => number {
  const codes = [...children.keys()].sort((a, b) => a - b);
  const [low = 0, high = -1] = [codes[0], codes.at(-1)];
  const span = high - low + 1;
  const first = tree.length;
  if (span <= codes.length * 4) {
    tree.push(span, ...(span === 0 ? [] : [low]), ...Array.from({ length: span }, () => 0));
    return (code) => first + 2 + code - low;
  }
  tree.push(-codes.length);
  for (const code of codes) tree.push(code, 0);
  return (code) => first + 2 + codes.indexOf(code) * 2;
}

function candidateNumbers(sets: readonly (readonly number[])[], routes: readonly RouteData[]): readonly number[] {
  const numbers: number[] = Array.from({ length: sets.length * columns }, () => 0);
  for (const [set, given] of sets.entries()) {
    const of = newestFirst(given, routes);
    const lists = [
      ...requestMethods.map((method) => answering(method).flatMap((one) => of.filter((route) => routes[route]?.method === one))),
      of,
    ];
    const known = new Map<string, number>();
    for (const [column, list] of lists.entries()) {
      if (list.length === 0) continue;
      const place = known.get(list.join()) ?? numbers.length;
      if (place === numbers.length) numbers.push(...list, listEnd);
      known.set(list.join(), place);
      numbers[set * columns + column] = place;
    }
  }
  return numbers;
}

/** Where a request does not say which version it wants, the newest that fits is met. */
function newestFirst(set: readonly number[], routes: readonly RouteData[]): readonly number[] {
  const versionOf = (route: number): number => routes[route]?.choice?.[1] ?? 0;
  return set.toSorted((left, right) => versionOf(right) - versionOf(left));
}

/** Methods of routes that answer a request with this one, the most specific first. */
function answering(method: (typeof requestMethods)[number]): readonly RouteMethod[] {
  return method === "HEAD" ? ["HEAD", "GET", "ANY"] : [method, "ANY"];
}
