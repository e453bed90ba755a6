/** Which route takes a request (D5, D26, D46): every route is tried, and of those that fit the most specific is taken. */
import type { RouteMethod, Segment } from "../model/program.ts";
import type { Value } from "../model/types.ts";
import { baseOf } from "./base-type.ts";
import { segmentsOf } from "./canonical-path.ts";
import type { PlacedRoute } from "./placed-route.ts";
import { readPathText } from "./text-values.ts";
import { decodeTriplets } from "./triplets.ts";

export type Match = {
  readonly placed: PlacedRoute;
  readonly parameters: Readonly<Record<string, Value>>;
  /** As outcomes show them: the decoded segment, but Ints as numbers. */
  readonly shown: Readonly<Record<string, string | number>>;
};
export type NoMatch = { readonly cause: "no-route" | "method-not-allowed"; readonly allow?: string };

const METHODS: readonly RouteMethod[] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

export function matchRoute(routes: readonly PlacedRoute[], method: string, path: string): Match | NoMatch {
  const fitting = routes.flatMap((placed) => fitPath(placed, segmentsOf(path)) ?? []);
  const takers = takersOf(method);
  const candidates = fitting.filter(({ placed }) => takers.includes(placed.route.method));
  const [first, ...others] = candidates;
  if (first) return others.reduce((best, other) => (isBetter(other, best, takers) ? other : best), first);
  if (fitting.length === 0) return { cause: "no-route" };
  const allow = METHODS.filter((allowed) => fitting.some(({ placed }) => takersOf(allowed).includes(placed.route.method)));
  return { cause: "method-not-allowed", allow: allow.join(", ") };
}

/** Methods of the routes that may take a request, the best first. */
function takersOf(method: string): readonly RouteMethod[] {
  if (method === "HEAD") return ["HEAD", "GET", "ANY"];
  const known = METHODS.find((name) => name === method);
  return known ? [known, "ANY"] : [];
}

function isBetter(left: Match, right: Match, takers: readonly RouteMethod[]): boolean {
  const order = compareKinds(left.placed.path, right.placed.path);
  return order < 0 || (order === 0 && takers.indexOf(left.placed.route.method) < takers.indexOf(right.placed.route.method));
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
