/**
 * Finds the route of a canonical path and a method: the most specific path, segment by segment with backtracking, of those
 * that take the method; then the most specific method (D5, D26). Each node of the tree is visited at most once a request.
 */
import type { RouteData, RouteMethod } from "../contract/table-data.ts";
import type { Bound } from "./call.ts";
import type { ReadParameter } from "./code.ts";
import { shapeTree, type ShapeNode, type TreeRoute } from "./route-tree.ts";

export type RouteMatch =
  /** `values` are what rules read, `shown` what the outcome says. */
  | {
      readonly kind: "found";
      readonly route: number;
      readonly names: readonly string[];
      readonly values: readonly unknown[];
      readonly shown: readonly (string | number)[];
    }
  /** The path is known; `allow` in the order of `routeMethods`. */
  | { readonly kind: "method"; readonly allow: readonly string[] }
  | { readonly kind: "none" };

/** `segments`: those of the canonical path, triplets kept; none for `/`. They hold whole triplets of valid UTF-8 only (D20.9). */
export type MatchRoute = (bound: Bound, method: string, segments: readonly string[]) => RouteMatch;

/** What `ANY` stands for, in the order in which `Allow` names them. */
export const routeMethods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;

/** The route methods that answer a request's method, the most specific first. */
const answering = new Map<string, readonly RouteMethod[]>(
  routeMethods.map((method) => [method, method === "HEAD" ? ["HEAD", "GET", "ANY"] : [method, "ANY"]]),
);
const noMethods: readonly RouteMethod[] = [];

export function routeMatcher(routes: readonly RouteData[], readers: readonly (readonly (ReadParameter | undefined)[])[]): MatchRoute {
  const root = shapeTree(routes, readers);
  return (bound, method, segments) => {
    const methods = answering.get(method) ?? noMethods;
    const path: Path = { segments, decoded: segments.some(isEncoded) ? segments.map(decodeURIComponent) : segments };
    const take = (candidates: readonly TreeRoute[]): RouteMatch | undefined => bestOf(candidates, methods, bound, path);
    return search(root, path.decoded, 0, take) ?? missed(root, bound, path);
  };
}

/** Calls `take` with the routes of each shape that fits, the most specific first, until it gives something. */
function search<T>(
  node: ShapeNode,
  segments: readonly string[],
  at: number,
  take: (routes: readonly TreeRoute[]) => T | undefined,
): T | undefined {
  let found: T | undefined;
  const segment = segments[at];
  if (segment === undefined) {
    if (node.ends.length > 0) found = take(node.ends);
  } else {
    const literal = node.literals.get(segment);
    if (literal !== undefined) found = search(literal, segments, at + 1, take);
    if (found === undefined && node.typed !== undefined) found = search(node.typed, segments, at + 1, take);
    if (found === undefined && node.plain !== undefined) found = search(node.plain, segments, at + 1, take);
  }
  return found === undefined && node.rests.length > 0 ? take(node.rests) : found;
}

/** Matched as decoded text; the rest of a path is handed on as it came. */
type Path = { readonly segments: readonly string[]; readonly decoded: readonly string[] };

function isEncoded(segment: string): boolean {
  return segment.includes("%");
}

function bestOf(routes: readonly TreeRoute[], methods: readonly RouteMethod[], bound: Bound, path: Path): RouteMatch | undefined {
  for (const method of methods) {
    for (const route of routes) {
      if (route.method !== method) continue;
      const match = fit(route, bound, path);
      if (match !== undefined) return match;
    }
  }
  return undefined;
}

const noValues: readonly string[] = [];

function fit(route: TreeRoute, bound: Bound, path: Path): RouteMatch | undefined {
  if (route.parameters.length === 0) return { kind: "found", route: route.index, names: route.names, values: noValues, shown: noValues };
  const values: unknown[] = [];
  const shown: (string | number)[] = [];
  for (const { at, rest, isInt, read } of route.parameters) {
    const text = rest ? path.segments.slice(at).join("/") : (path.decoded[at] ?? "");
    const value = read === undefined ? text : read(text, bound);
    if (value === undefined) return undefined;
    values.push(value);
    shown.push(isInt && typeof value === "number" ? value : text);
  }
  return { kind: "found", route: route.index, names: route.names, values, shown };
}

function missed(root: ShapeNode, bound: Bound, path: Path): RouteMatch {
  const known = new Set<string>();
  search(root, path.decoded, 0, (routes) => {
    for (const route of routes) if (fit(route, bound, path) !== undefined) for (const method of answeredBy(route.method)) known.add(method);
    return undefined;
  });
  return known.size === 0 ? { kind: "none" } : { kind: "method", allow: routeMethods.filter((method) => known.has(method)) };
}

function answeredBy(method: RouteMethod): readonly string[] {
  if (method === "ANY") return routeMethods;
  return method === "GET" ? ["GET", "HEAD"] : [method];
}
