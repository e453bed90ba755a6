/**
 * What a request that found no route has missed (D431): the routes that differ from it in one thing, and in which. Promises: for people only;
 * it decides nothing.
 */
import { editDistance } from "../model/edit-distance.ts";
import type { RouteMethod, Segment } from "../model/program.ts";
import type { Type } from "../model/types.ts";
import { segmentsOf } from "./canonical-path.ts";
import type { CanonicalRequest } from "./canonical-request.ts";
import type { PlacedRoute } from "./placed-route.ts";
import { readPathText } from "./text-values.ts";
import { decodeTriplets } from "./triplets.ts";

export type NearRoute = { readonly route: string; readonly differs: Difference };
export type Difference =
  /** The path fits, and the route takes this method instead. */
  | { readonly in: "method"; readonly takes: RouteMethod }
  /** The text stands where the parameter does, and is none of its type. */
  | { readonly in: "parameter"; readonly name: string; readonly type: Type; readonly found: string }
  /** `found` is almost `expected`, or differs from it in capitals only. */
  | { readonly in: "segment"; readonly expected: string; readonly found: string }
  /** The request has one segment too few, or too many; `segment` is it, empty for a slash at the end. */
  | { readonly in: "length"; readonly segment: string; readonly is: "missing" | "too many" };

/** More would not be read. */
const MOST = 3;
/** How much farther a route is that takes other methods only. */
const OTHER_METHOD = 10;

/** The nearest first. */
export function nearRoutes(routes: readonly PlacedRoute[], { method, path }: CanonicalRequest): readonly NearRoute[] {
  if (path === undefined) return [];
  const found = segmentsOf(path).map((segment) => decodeTriplets(segment) ?? segment);
  const near = routes.flatMap((placed) => nearnessOf(placed, method, found) ?? []).toSorted((left, right) => left.far - right.far);
  const isRight = near.some(({ differs }) => differs.in === "method");
  const isTaken = near.some(({ far }) => far < OTHER_METHOD);
  return near
    .filter(({ far, differs }) => (isRight ? differs.in === "method" : !isTaken || far < OTHER_METHOD))
    .slice(0, MOST)
    .map(({ route, differs }) => ({ route, differs }));
}

type Nearness = NearRoute & { readonly far: number };

function nearnessOf({ route, path }: PlacedRoute, method: string, found: readonly string[]): Nearness | undefined {
  const hasRest = path.at(-1)?.kind === "rest";
  const fixed = hasRest ? path.slice(0, -1) : path;
  const isTaken = route.method === "ANY" || route.method === method || (method === "HEAD" && route.method === "GET");
  const near = (far: number, differs: Difference): Nearness => ({ route: route.key, far: far + (isTaken ? 0 : OTHER_METHOD), differs });
  if (found.length > 0 && found.length === fixed.length - 1 && fitsAll(fixed.slice(0, -1), found))
    return near(4, { in: "length", segment: written(fixed.at(-1)), is: "missing" });
  if (!hasRest && found.length === fixed.length + 1 && fitsAll(fixed, found))
    return near(4, { in: "length", segment: found.at(-1) ?? "", is: "too many" });
  if (hasRest ? found.length < fixed.length : found.length !== fixed.length) return undefined;
  const [missed, ...more] = fixed.flatMap((segment, at) => (fits(segment, found[at] ?? "") ? [] : [{ segment, text: found[at] ?? "" }]));
  if (missed === undefined) return isTaken ? undefined : near(0, { in: "method", takes: route.method });
  if (more.length > 0) return undefined;
  const { segment, text } = missed;
  if (segment.kind === "param") return near(1, { in: "parameter", name: segment.name, type: segment.type, found: text });
  if (segment.kind !== "literal") return undefined;
  const expected = decodeTriplets(segment.text) ?? segment.text;
  const limit = Math.max(1, Math.floor(expected.length / 3));
  const distance = editDistance(text.toLowerCase(), expected.toLowerCase(), limit);
  return distance > limit ? undefined : near(1 + distance / limit, { in: "segment", expected, found: text });
}

const fitsAll = (segments: readonly Segment[], found: readonly string[]): boolean =>
  segments.every((segment, at) => fits(segment, found[at] ?? ""));

function fits(segment: Segment, text: string): boolean {
  switch (segment.kind) {
    case "literal":
      return text === (decodeTriplets(segment.text) ?? segment.text);
    case "param":
      return readPathText(segment.type, text) !== undefined;
    case "rest":
      return true;
  }
}

const written = (segment: Segment | undefined): string =>
  segment === undefined ? "" : segment.kind === "literal" ? segment.text : `{${segment.name}}`;
