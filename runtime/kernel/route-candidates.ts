/**
 * What comes of a path whose shape is known: of the routes that have it, the first that takes the method and whose parameters fit. Text is cut
 * out of the path for the parameters of that route alone.
 */
import { columns, listEnd, requestMethods } from "../contract/route-tree.ts";
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

/**
 * One match under way. Its functions are the module's own and get it as their argument, so that an engine sees the same functions and
 * the same shape after each reload.
 */
export type Matching = {
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

const noValues: readonly string[] = [];

/** `set`: the routes of one shape. */
export function take(matching: Matching, text: string, set: number): RouteMatch | undefined {
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

function answeredBy(method: RouteMethod): readonly string[] {
  if (method === "ANY") return requestMethods;
  return method === "GET" ? ["GET", "HEAD"] : [method];
}

export function matchedRoute({ routes }: Tables, index: number, readers: readonly (ReadParameter | undefined)[]): MatchedRoute {
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
