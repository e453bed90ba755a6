/**
 * All calls cut into regions in each of which two versions of a gateway take every call by one route each, or by none (D5, D26,
 * D46). Promises: no call is outside of all regions; a region may be empty where nobody can tell whether types share a text, and
 * has no `sample` then. Segments are told apart by the literals and types that stand there, so there are about as many regions as routes.
 */
import type { IrRoute, IrSegment } from "../../model/ir.ts";
import type { RouteMethod } from "../../model/program.ts";
import type { Type } from "../../model/types.ts";
import { type SegmentText, segmentTexts, type TextsShared } from "./segment-texts.ts";

export type CallMethod = Exclude<RouteMethod, "ANY">;
export const CALL_METHODS: readonly CallMethod[] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/** Calls of one method. `before` and `after`: numbers of the routes that take them. */
export type CallRegion = {
  readonly method: CallMethod;
  readonly path: readonly SegmentText[];
  /** Of an api whose version requests choose: `API VERSION`. */
  readonly version?: string;
  readonly before?: number;
  readonly after?: number;
};

/** Undefined: there would be too many. `shared` says which texts types have in common. */
export function callRegions(before: readonly IrRoute[], after: readonly IrRoute[], shared: TextsShared): readonly CallRegion[] | undefined {
  const regions: CallRegion[] = [];
  const open: Place[] = [{ path: [], before: [...before.keys()], after: [...after.keys()] }];
  let steps = 0;
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    if (++steps > MOST_PLACES) return undefined;
    const at = place.path.length;
    for (const found of endingHere(place, before, after)) regions.push(found);
    const alive = [...place.before.map((route) => before[route]), ...place.after.map((route) => after[route])];
    if (alive.every((route) => route !== undefined && takesAnyMore(route, at))) continue;
    const segments = alive.map((route) => route?.path[at]);
    const texts = segmentTexts(literalsIn(segments), typesIn(segments), shared);
    if (texts === undefined) return undefined;
    for (const text of texts) {
      const goOn = (numbers: readonly number[], routes: readonly IrRoute[]): readonly number[] =>
        numbers.filter((number) => goesOn(routes[number]?.path ?? [], at, text));
      const next = { path: [...place.path, text], before: goOn(place.before, before), after: goOn(place.after, after) };
      if (next.before.length + next.after.length > 0) open.push(next);
    }
  }
  return regions;
}

const MOST_PLACES = 200_000;

/** A path so far, and the routes that it fits. */
type Place = { readonly path: readonly SegmentText[]; readonly before: readonly number[]; readonly after: readonly number[] };

/** Whatever follows, it stays the same for the route: its rest has begun. */
function takesAnyMore({ path }: IrRoute, at: number): boolean {
  return hasRest(path) && path.length <= at;
}

function hasRest(path: readonly IrSegment[]): boolean {
  return path.at(-1)?.kind === "rest";
}

/** How `segment-texts` names a type: what newtypes are called does not matter. */
export function typeKey(type: Type): string {
  return JSON.stringify(type.kind === "newtype" ? bare(type) : type);
}

function bare(type: Type): Type {
  return type.kind === "newtype" ? bare(type.base) : type;
}

function literalsIn(segments: readonly (IrSegment | undefined)[]): readonly string[] {
  return segments.flatMap((segment) => (segment?.kind === "literal" ? [decodeURIComponent(segment.text)] : []));
}

function typesIn(segments: readonly (IrSegment | undefined)[]): readonly Type[] {
  return segments.flatMap((segment) => (segment?.kind === "param" && !isPlain(segment.type) ? [bare(segment.type)] : []));
}

function isPlain(type: Type): boolean {
  return type.kind === "string" && type.minLength === undefined && type.maxLength === undefined && type.pattern === undefined;
}

function goesOn(path: readonly IrSegment[], at: number, text: SegmentText): boolean {
  const segment = path[at];
  if (segment === undefined) return hasRest(path);
  switch (segment.kind) {
    case "rest":
      return true;
    case "literal":
      return text.literal === decodeURIComponent(segment.text);
    case "param":
      return isPlain(segment.type) || text.fits.has(typeKey(segment.type));
  }
}

function* endingHere(place: Place, before: readonly IrRoute[], after: readonly IrRoute[]): Iterable<CallRegion> {
  const at = place.path.length;
  const ending = (numbers: readonly number[], routes: readonly IrRoute[]): readonly Candidate[] =>
    numbers.flatMap((number) => {
      const route = routes[number];
      const ends = route !== undefined && (hasRest(route.path) ? at >= route.path.length - 1 : at === route.path.length);
      return ends ? [{ number, route }] : [];
    });
  const old = ending(place.before, before);
  const young = ending(place.after, after);
  const versions = new Set([...old, ...young].flatMap(({ route }) => versionOf(route) ?? []));
  for (const version of versions.size === 0 ? [undefined] : versions) {
    for (const method of CALL_METHODS) {
      const left = winner(old, method, version);
      const right = winner(young, method, version);
      if (left === undefined && right === undefined) continue;
      yield {
        method,
        path: place.path,
        ...(version === undefined ? {} : { version }),
        ...(left === undefined ? {} : { before: left }),
        ...(right === undefined ? {} : { after: right }),
      };
    }
  }
}

function versionOf({ choice, api, version }: IrRoute): string | undefined {
  return choice === undefined ? undefined : `${api ?? ""} ${version ?? ""}`;
}

type Candidate = { readonly number: number; readonly route: IrRoute };

/** The most specific path first, then the nearest method. */
function winner(candidates: readonly Candidate[], method: CallMethod, version: string | undefined): number | undefined {
  const takers: readonly RouteMethod[] = method === "HEAD" ? ["HEAD", "GET", "ANY"] : [method, "ANY"];
  const taking = candidates.filter(({ route }) => takers.includes(route.method) && (versionOf(route) ?? version) === version);
  const [first] = taking.toSorted(
    (a, b) => compareKinds(a.route.path, b.route.path) || takers.indexOf(a.route.method) - takers.indexOf(b.route.method),
  );
  return first?.number;
}

function compareKinds(left: readonly IrSegment[], right: readonly IrSegment[]): number {
  for (let at = 0; at < left.length || at < right.length; at++) {
    const order = rank(left[at]) - rank(right[at]);
    if (order !== 0) return order;
  }
  return 0;
}

/** From the left: literal, typed parameter, plain parameter, the end, the rest. */
function rank(segment: IrSegment | undefined): number {
  if (segment === undefined) return 3;
  if (segment.kind === "literal") return 0;
  if (segment.kind === "rest") return 4;
  return isPlain(segment.type) ? 2 : 1;
}
