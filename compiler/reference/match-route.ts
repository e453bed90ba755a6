/** Which route takes a request (D5, D26, D46): every route is tried, and of those that fit the most specific is taken. */
import type { HeaderField } from "../../runtime/contract/gateway.ts";
import type { RouteMethod, Segment } from "../model/program.ts";
import type { Value } from "../model/types.ts";
import { baseOf } from "./base-type.ts";
import { segmentsOf } from "./canonical-path.ts";
import type { PlacedRoute } from "./placed-route.ts";
import { readPathText } from "./text-values.ts";
import { decodeTriplets } from "./triplets.ts";
import { sayings, varyOf, wantedVersion } from "./versions.ts";

export type Match = {
  readonly placed: PlacedRoute;
  readonly parameters: Readonly<Record<string, Value>>;
  /** As outcomes show them: the decoded segment, but Ints as numbers. */
  readonly shown: Readonly<Record<string, string | number>>;
};
export type NoMatch = {
  readonly cause: "no-route" | "method-not-allowed" | "unknown-version" | "not-acceptable";
  readonly allow?: string;
  readonly versions?: readonly string[];
};
/** `Vary` fields. */
export type Varying = { readonly vary: readonly HeaderField[] };

const METHODS: readonly RouteMethod[] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/** `fields`: of the request, which say what version of an api it wants; absent: any version will do. */
export function matchRoute(
  routes: readonly PlacedRoute[],
  method: string,
  path: string,
  fields?: readonly HeaderField[],
): (Match | NoMatch) & Varying {
  const all = routes.flatMap((placed) => fitPath(placed, segmentsOf(path)) ?? []);
  const fitting = all.filter(({ placed }) => isWanted(placed, fields));
  const takers = takersOf(method);
  const takes = ({ placed }: Match): boolean => takers.includes(placed.route.method);
  const [first, ...others] = fitting.filter(takes);
  if (first) {
    const best = others.reduce((left, other) => (isBetter(other, left, takers) ? other : left), first);
    const vary = varying(all.filter((one) => takes(one) && !isBetter(best, one, takers)));
    const { chosen } = best.placed;
    if (chosen === undefined || fields === undefined || wantedVersion(chosen.family, fields) !== undefined) return { ...best, vary };
    const cause = chosen.api.choice?.by === "header" ? "unknown-version" : "not-acceptable";
    return { cause, versions: sayings(chosen.family), vary };
  }
  const vary = varying(all);
  if (fitting.length === 0) return { cause: "no-route", vary };
  const allow = METHODS.filter((allowed) => fitting.some(({ placed }) => takersOf(allowed).includes(placed.route.method)));
  return { cause: "method-not-allowed", allow: allow.join(", "), vary };
}

/** A request that does not say which version it wants comes to any of them first, and is refused then. */
function isWanted({ chosen }: PlacedRoute, fields: readonly HeaderField[] | undefined): boolean {
  const wanted = chosen && fields && wantedVersion(chosen.family, fields);
  return wanted === undefined || wanted === chosen?.api.version;
}

/** What the request says of versions decided which of these may take it. */
function varying(looked: readonly Match[]): readonly HeaderField[] {
  const names = looked.flatMap(({ placed }) => (placed.chosen ? [varyOf(placed.chosen.api)] : []));
  return [...new Set(names)].map((name) => ["vary", name]);
}

/** Methods of the routes that may take a request, the best first. */
function takersOf(method: string): readonly RouteMethod[] {
  if (method === "HEAD") return ["HEAD", "GET", "ANY"];
  const known = METHODS.find((name) => name === method);
  return known ? [known, "ANY"] : [];
}

function isBetter(left: Match, right: Match, takers: readonly RouteMethod[]): boolean {
  const order = compareKinds(left.placed.path, right.placed.path);
  if (order !== 0) return order < 0;
  const byMethod = takers.indexOf(left.placed.route.method) - takers.indexOf(right.placed.route.method);
  return byMethod < 0 || (byMethod === 0 && versionOf(left) > versionOf(right));
}

function versionOf({ placed: { chosen } }: Match): number {
  return chosen?.api.version ?? 0;
}

/** Kinds only, from the left: literal, typed parameter, plain parameter, the end, `Rest`. */
function compareKinds(left: readonly Segment[], right: readonly Segment[]): number {
  for (let at = 0; at < left.length || at < right.length; at++) {
    const order = rank(left[at]) - rank(right[at]);
    if (order !== 0) return order;
  }
  return 0;
}

function rank(segment: Segment | undefined): number {
  if (segment === undefined) return 3;
  switch (segment.kind) {
    case "literal":
      return 0;
    case "param":
      return isPlain(segment) ? 2 : 1;
    case "rest":
      return 4;
  }
}

function isPlain({ type }: Segment & { readonly kind: "param" }): boolean {
  return type.kind === "string" && type.minLength === undefined && type.maxLength === undefined && type.pattern === undefined;
}

function fitPath(placed: PlacedRoute, segments: readonly string[]): Match | undefined {
  const parameters: Record<string, Value> = {};
  const shown: Record<string, string | number> = {};
  const hasRest = placed.path.at(-1)?.kind === "rest";
  if (segments.length < placed.path.length - (hasRest ? 1 : 0) || (!hasRest && segments.length > placed.path.length)) return undefined;
  for (const [at, pattern] of placed.path.entries()) {
    if (pattern.kind === "rest") {
      parameters[pattern.name] = shown[pattern.name] = segments.slice(at).join("/");
      continue;
    }
    const text = decodeTriplets(segments[at] ?? "");
    if (text === undefined) return undefined;
    if (pattern.kind === "literal") {
      if (text !== decodeTriplets(pattern.text)) return undefined;
      continue;
    }
    const value = readPathText(pattern.type, text);
    if (value === undefined) return undefined;
    parameters[pattern.name] = value;
    shown[pattern.name] = baseOf(pattern.type).kind === "int" ? Number(text) : text;
  }
  return { placed, parameters, shown };
}
