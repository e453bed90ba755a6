/** A request that two routes of one shape fit equally well, as on a request line. */
import type { Segment } from "../../model/program.ts";
import type { PlacedRoute } from "../../model/placed-route.ts";
import type { TypeOverlaps } from "./overlap/type-overlap.ts";

/** Undefined where no common value of some parameter was found. */
export function witnessOf(first: PlacedRoute, second: PlacedRoute, overlaps: TypeOverlaps): string | undefined {
  const segments = first.path.map((segment, at) => segmentText(segment, second.path[at], overlaps));
  if (segments.includes(undefined)) return undefined;
  return `${first.route.method === "ANY" ? "GET" : first.route.method} /${segments.join("/")}`;
}

function segmentText(first: Segment, second: Segment | undefined, overlaps: TypeOverlaps): string | undefined {
  if (first.kind === "literal") return first.text;
  if (first.kind === "rest" || second?.kind !== "param") return "x";
  const overlap = overlaps.between(first.type, second.type);
  return overlap.kind === "text" ? encodeURIComponent(overlap.text).replaceAll("%3A", ":") : undefined;
}
