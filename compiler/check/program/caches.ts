/** Answers are kept where there are any to keep, and it is known who may get them. */
import { type Diagnostic, finding } from "../../../grammar/source/diagnostic.ts";
import type { RouteCache } from "../../model/cache.ts";
import type { PlacedRoute } from "../../model/placed-route.ts";
import type { Program, Route } from "../../model/program.ts";
import { cacheNeedsGet, cacheOfReadAnswers, cacheWithoutBackend, cacheWithoutCaller } from "./caches.diagnostics.ts";
import { allowingLevel, nobodyAuthenticates, type Survey } from "./rules-in-force.ts";

export function checkCaches(survey: Survey): readonly Diagnostic[] {
  return survey.routes.flatMap((placed) => {
    const { cache } = placed.route;
    const found = cache && faultOf(cache, placed, survey);
    return found === undefined ? [] : [found];
  });
}

function faultOf({ whose, span }: RouteCache, placed: PlacedRoute, survey: Survey): Diagnostic | undefined {
  const { route } = placed;
  const { method } = route;
  if (method !== "GET") return finding(cacheNeedsGet, span, { method });
  const why = nothingToKeep(route, survey.program);
  if (why !== undefined) return finding(cacheWithoutBackend, span, { why });
  if (route.returned !== undefined) return finding(cacheOfReadAnswers, span, {});
  const allowing = allowingLevel(survey, placed);
  if (whose === "everyone" || !nobodyAuthenticates(placed, allowing)) return undefined;
  return finding(cacheWithoutCaller, span, { isNamed: whose === "some", isPublic: allowing?.public !== undefined });
}

/** Of the backend, and of the one that a release leads to. */
function nothingToKeep({ target }: Route, { backends, releases = [] }: Program): "respond" | "compose" | "stream" | undefined {
  if (target.kind !== "backend") return target.kind;
  const names = [target.backend, ...releases.filter(({ from }) => from === target.backend).map(({ to }) => to)];
  const all = backends.filter(({ name }) => names.includes(name));
  if (all.some(({ kind }) => kind === "respond")) return "respond";
  return all.some((backend) => backend.kind === "websocket" || (backend.kind === "lambda" && backend.stream)) ? "stream" : undefined;
}
