/**
 * Routes as a tree of path shapes, in tables: at each depth a segment is a literal, a typed parameter, a plain one or the rest.
 * Promises: each shape and each text exists once, whatever parameters are called, so the tables grow with distinct segments.
 * A literal child is found by the hash of its text and its parent: one lookup, however many siblings. Knows nothing of requests.
 */
import type { RouteData, RouteMethod } from "../contract/table-data.ts";
import type { ReadParameter } from "./code.ts";
import { textHash } from "./text-hash.ts";

export type RouteTree = {
  /** `nodeWords` numbers a node, 0 is the root: see `treeWords`. Together, because a match reads them together. */
  readonly nodes: Int32Array;
  readonly literals: LiteralTable;
  /** `columns` entries a set of candidates: the first route that answers each of `requestMethods`, the most specific method first (D5). */
  readonly firsts: readonly (Candidate | undefined)[];
  /** All routes of each set of candidates. */
  readonly all: readonly (readonly TreeRoute[])[];
  /** The most segments before an end or a rest. */
  readonly depth: number;
};

/**
 * Typed and plain child or 0; candidates whose path ends here, and those whose rest begins here, plus 1, or 0; how many literal
 * children there are, and where they begin in `literals.children`.
 */
export const treeWords = { typed: 0, plain: 1, ends: 2, rests: 3, literals: 4, first: 5 } as const;
export const treeNodeWords = 6;

/** Below this many literal children comparing one after the other is quicker than hashing the segment. Measured. */
export const fewLiterals = 4;

export type LiteralTable = {
  /** `childWords` numbers a literal child: its node, where its text begins in `units`, its length. */
  readonly children: Int32Array;
  /** UTF-16 code units of all texts, each text once. */
  readonly units: Uint16Array;
  /** An open hash table of the children of nodes with more than `fewLiterals`: parent + 1 (0: free), hash, place in `children`. Half of it is free. */
  readonly places: Int32Array;
  /** `literalPlace` gives this many bits. */
  readonly bits: number;
};
export const childWords = 3;
export const placeWords = 3;

/** The routes of one shape that answer one method, one behind the other. */
export type Candidate = { readonly route: TreeRoute; readonly next: Candidate | undefined };
export const columns = 7;

export type TreeRoute = {
  readonly index: number;
  readonly method: RouteMethod;
  readonly parameters: readonly TreeParameter[];
  readonly names: readonly string[];
  /** Where each parameter is any segment, which ones they are. */
  readonly plain: readonly number[] | undefined;
};

/** `at`: which segment. Without `read` every text fits; `rest` takes all segments from there; `isInt`: the outcome shows the value. */
export type TreeParameter = {
  readonly at: number;
  readonly rest: boolean;
  readonly isInt: boolean;
  readonly read: ReadParameter | undefined;
};

/** What `ANY` stands for, in the order in which `Allow` names them. */
export const requestMethods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;

/** Where the search for a literal child begins. */
export function literalPlace(parent: number, hash: number, bits: number): number {
  return Math.imul(hash ^ Math.imul(parent + 1, 0x9e3779b1), 0x85ebca6b) >>> (32 - bits);
}

type Shape = {
  readonly number: number;
  readonly literals: Map<string, Shape>;
  typed?: Shape;
  plain?: Shape;
  readonly ends: TreeRoute[];
  readonly rests: TreeRoute[];
};

/** `readers`: for each route what code gives for each of its parameters. */
export function routeTree(routes: readonly RouteData[], readers: readonly (readonly (ReadParameter | undefined)[])[]): RouteTree {
  const shapes: Shape[] = [];
  const shape = (): Shape => {
    const made: Shape = { number: shapes.length, literals: new Map(), ends: [], rests: [] };
    shapes.push(made);
    return made;
  };
  const root = shape();
  for (const [index, route] of routes.entries()) {
    const { ends, rests } = shapeOf(root, route, shape);
    (route.path.at(-1)?.kind === "rest" ? rests : ends).push(treeRoute(route, index, readers[index] ?? []));
  }
  const all: TreeRoute[][] = [];
  const candidates = (of: TreeRoute[]): number => (of.length === 0 ? 0 : all.push(of));
  const literals = literalTable(shapes);
  const nodes = shapes.flatMap(({ typed, plain, ends, rests, literals: own, number }) => [
    typed?.number ?? 0,
    plain?.number ?? 0,
    candidates(ends),
    candidates(rests),
    own.size,
    literals.firstOf[number] ?? 0,
  ]);
  const firsts = all.flatMap((of) =>
    requestMethods.map((method) => chain(answering(method).flatMap((one) => of.filter((route) => route.method === one)))),
  );
  const depth = routes.reduce((most, { path }) => Math.max(most, path.length), 0);
  return { nodes: Int32Array.from(nodes), literals, firsts, all, depth };
}

function shapeOf(root: Shape, route: RouteData, make: () => Shape): Shape {
  let node = root;
  for (const segment of route.path) {
    if (segment.kind === "literal") {
      const child = node.literals.get(segment.text) ?? make();
      node.literals.set(segment.text, child);
      node = child;
    } else if (segment.kind === "param") node = segment.reads === "plain" ? (node.plain ??= make()) : (node.typed ??= make());
  }
  return node;
}

function treeRoute(route: RouteData, index: number, readers: readonly (ReadParameter | undefined)[]): TreeRoute {
  const parameters: TreeParameter[] = [];
  const names: string[] = [];
  for (const [at, segment] of route.path.entries()) {
    if (segment.kind === "literal") continue;
    const isInt = segment.kind === "param" && segment.reads === "int";
    parameters.push({ at, rest: segment.kind === "rest", isInt, read: readers[names.length] });
    names.push(segment.name);
  }
  const isPlain = parameters.every(({ read, isInt, rest }) => read === undefined && !isInt && !rest);
  return { index, method: route.method, parameters, names, plain: isPlain ? parameters.map(({ at }) => at) : undefined };
}

/** The route methods that answer a request's method, the most specific first. */
function answering(method: (typeof requestMethods)[number]): readonly RouteMethod[] {
  return method === "HEAD" ? ["HEAD", "GET", "ANY"] : [method, "ANY"];
}

function chain(routes: readonly TreeRoute[]): Candidate | undefined {
  return routes.reduceRight<Candidate | undefined>((next, route) => ({ route, next }), undefined);
}

function literalTable(shapes: readonly Shape[]): LiteralTable & { readonly firstOf: readonly number[] } {
  const children: number[] = [];
  const begins = new Map<string, number>();
  const units: number[] = [];
  const hashed: (readonly [parent: number, hash: number, place: number])[] = [];
  const firstOf = shapes.map(({ number, literals }) => {
    const first = children.length;
    for (const [text, child] of literals) {
      const begin = begins.get(text) ?? units.length;
      if (!begins.has(text)) for (let at = 0; at < text.length; at++) units.push(text.charCodeAt(at));
      begins.set(text, begin);
      if (literals.size > fewLiterals) hashed.push([number, textHash(text), children.length]);
      children.push(child.number, begin, text.length);
    }
    return first;
  });
  return { children: Int32Array.from(children), units: Uint16Array.from(units), firstOf, ...hashTable(hashed) };
}

function hashTable(entries: readonly (readonly [parent: number, hash: number, place: number])[]): Pick<LiteralTable, "places" | "bits"> {
  const bits = Math.max(2, Math.ceil(Math.log2(entries.length * 2 + 1)));
  const places = new Int32Array(2 ** bits * placeWords);
  for (const [parent, hash, child] of entries) {
    let place = literalPlace(parent, hash, bits);
    while (places[place * placeWords] !== 0) place = (place + 1) & (2 ** bits - 1);
    places.set([parent + 1, hash, child], place * placeWords);
  }
  return { places, bits };
}
