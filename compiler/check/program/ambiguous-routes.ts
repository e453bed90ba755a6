/**
 * Two routes that some request fits equally well (D26, D46). Promises: grows with the routes and with the pairs of parameter
 * types that overlap, never with all pairs of routes; what cannot be shown apart is refused.
 */
import { finding, type Diagnostic } from "../../../grammar/source/diagnostic.ts";
import type { Segment } from "../../model/program.ts";
import type { Type } from "../../model/types.ts";
import type { PlacedRoute } from "../../model/placed-route.ts";
import { areVersions } from "../../model/version-family.ts";
import { sharedRequests, type Entry } from "./overlap/shared-requests.ts";
import { typeOverlaps, type TypeOverlaps } from "./overlap/type-overlap.ts";
import { ambiguousRoutes, duplicateRoute } from "./routes.diagnostics.ts";
import type { Survey } from "./rules-in-force.ts";
import { witnessOf } from "./witness.ts";

export function checkAmbiguousRoutes({ routes }: Survey): readonly Diagnostic[] {
  const overlaps = typeOverlaps();
  const groups = Map.groupBy(routes, ({ route, path }) => `${route.method} ${path.map(shapeOf).join("/")}`);
  return [...groups.values()].flatMap((group) => (group.length < 2 ? [] : checkShape(group, overlaps)));
}

/** Routes of one shape. Two versions of an api never meet where requests choose; what each of them may meet is looked at by itself. */
function checkShape(group: readonly PlacedRoute[], overlaps: TypeOverlaps): readonly Diagnostic[] {
  if (group.every(({ api }) => api?.choice === undefined)) return checkGroup(group, overlaps);
  const parts = [...Map.groupBy(group, ({ api }) => (api?.choice === undefined ? undefined : api)).entries()];
  const meeting = parts.flatMap(([api, part], at) => {
    const others = parts.slice(at + 1).filter(([other]) => api === undefined || other === undefined || !areVersions(api, other));
    return [part, ...others.map(([, other]) => group.filter((placed) => part.includes(placed) || other.includes(placed)))];
  });
  const found = new Map(meeting.flatMap((part) => checkGroup(part, overlaps)).map((one) => [JSON.stringify(one.span), one]));
  return [...found.values()];
}

function checkGroup(group: readonly PlacedRoute[], overlaps: TypeOverlaps): readonly Diagnostic[] {
  const firsts = new Map<string, PlacedRoute>();
  const found = new Map<PlacedRoute, Diagnostic>();
  for (const placed of group) {
    const key = JSON.stringify(typesOf(placed));
    const first = firsts.get(key);
    if (first === undefined) firsts.set(key, placed);
    else
      found.set(
        placed,
        finding(duplicateRoute, placed.route.span, { route: placed.route.key }, [
          { span: first.route.span, message: "first declared here" },
        ]),
      );
  }
  const entries = [...firsts.values()].map((placed): Entry<PlacedRoute> => ({ of: placed, types: typesOf(placed) }));
  for (const [first, second] of sharedRequests(entries, overlaps)) {
    if (!found.has(second)) found.set(second, ambiguity(first, second, overlaps));
  }
  return [...found.values()];
}

function ambiguity(first: PlacedRoute, second: PlacedRoute, overlaps: TypeOverlaps): Diagnostic {
  const holes = { first: first.route.key, second: second.route.key, witness: witnessOf(first, second, overlaps) };
  return finding(ambiguousRoutes, second.route.span, holes, [{ span: first.route.span, message: "fits as well as the other" }]);
}

/** Routes of one shape differ in the types of their typed parameters only. */
function shapeOf(segment: Segment): string {
  if (segment.kind === "literal") return `=${decodeURIComponent(segment.text)}`;
  if (segment.kind === "rest") return "*";
  return isPlain(segment.type) ? "?" : "!";
}

function typesOf({ path }: PlacedRoute): readonly Type[] {
  return path.flatMap((segment) => (segment.kind === "param" && !isPlain(segment.type) ? [segment.type] : []));
}

function isPlain(type: Type): boolean {
  return type.kind === "string" && type.minLength === undefined && type.maxLength === undefined && type.pattern === undefined;
}
