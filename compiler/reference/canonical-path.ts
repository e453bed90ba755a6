/**
 * The one form of a path that routes, rules and backends see (D20.9, D44). Promises: what two servers could read in two ways is refused.
 * Knows nothing of routes.
 */
import type { PathRules } from "../model/program.ts";
import { decodeTriplets, hasBrokenTriplet, hasForbiddenCharacter } from "./triplets.ts";

/** `raw` starts with `/` and has no query. Undefined: refused. */
export function canonicalPath(raw: string, rules: PathRules): string | undefined {
  if (hasForbiddenCharacter(raw) || hasBrokenTriplet(raw)) return undefined;
  if (rules.semicolons === "refuse" && raw.includes(";")) return undefined;
  if (/%(?:[01][0-9a-f]|7f|2f|5c)/i.test(raw) || decodeTriplets(raw) === undefined) return undefined;
  const decoded = raw.replace(/%[0-9a-f]{2}/gi, (triplet) => {
    const character = String.fromCharCode(Number.parseInt(triplet.slice(1), 16));
    return /[A-Za-z0-9._~-]/.test(character) ? character : triplet.toUpperCase();
  });
  if (/%25(?:2e|2f|5c|25)/i.test(decoded)) return undefined;
  return withoutDoubtfulSegments(decoded, rules);
}

/** The last segment is empty where the path ends in a slash; it is judged apart. */
function withoutDoubtfulSegments(path: string, rules: PathRules): string | undefined {
  const written = path.slice(1).split("/");
  const inner = written.filter((segment, at) => segment !== "" || at === written.length - 1);
  if (inner.length < written.length && rules.emptySegments === "refuse") return undefined;
  const segments = resolveDots(inner, rules);
  if (segments === undefined) return undefined;
  if (segments.at(-1) === "") {
    segments.pop();
    if (segments.length > 0 && rules.trailingSlash === "refuse") return undefined;
  }
  return `/${segments.join("/")}`;
}

/** RFC 3986 section 5.2.4, but nothing climbs above the root, and a dot segment with parameters is always refused. */
function resolveDots(segments: readonly string[], rules: PathRules): string[] | undefined {
  const resolved: string[] = [];
  for (const [at, segment] of segments.entries()) {
    if (!/^\.\.?(?:;|$)/.test(segment)) {
      resolved.push(segment);
      continue;
    }
    if (rules.dotSegments === "refuse" || segment.includes(";")) return undefined;
    if (segment === ".." && resolved.pop() === undefined) return undefined;
    if (at === segments.length - 1) resolved.push("");
  }
  return resolved;
}

/** `/` has none. */
export function segmentsOf(path: string): readonly string[] {
  return path === "/" ? [] : path.slice(1).split("/");
}
