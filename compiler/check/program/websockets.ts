/** Routes that lead to WebSockets are such as can be upgraded. */
import { type Diagnostic, finding } from "../../../grammar/source/diagnostic.ts";
import type { PlacedRoute } from "../../model/placed-route.ts";
import type { Backend, Program } from "../../model/program.ts";
import type { Survey } from "./rules-in-force.ts";
import { noPageConnects, websocketRelease, websocketRoute } from "./websockets.diagnostics.ts";

export function checkWebsockets({ program, routes }: Survey): readonly Diagnostic[] {
  return [...routes.flatMap((placed) => routeFindings(placed, program)), ...releaseFindings(program)];
}

function routeFindings({ route, levels }: PlacedRoute, { backends }: Program): readonly Diagnostic[] {
  const { target, key, method, body, span } = route;
  const backend = target.kind === "backend" ? backends.find(({ name }) => name === target.backend) : undefined;
  if (backend?.kind !== "websocket") return [];
  const about = { route: key, backend: backend.name };
  const declared = [{ span: backend.span, message: "declared here" }];
  if (method !== "GET") return [finding(websocketRoute, span, { ...about, why: "method" }, declared)];
  if (body !== undefined) return [finding(websocketRoute, span, { ...about, why: "body" }, declared)];
  const cors = levels.findLast((level) => level.cors !== undefined)?.cors;
  const isForAll = cors !== undefined && cors !== "none" && cors.origins === "any";
  return isForAll && backend.anyOrigin === undefined
    ? [finding(noPageConnects, span, about, [{ span: cors.span, message: "stated here" }])]
    : [];
}

function releaseFindings({ releases = [], backends }: Program): readonly Diagnostic[] {
  const kindOf = (wanted: string): Backend["kind"] | undefined => backends.find(({ name }) => name === wanted)?.kind;
  return releases.flatMap(({ name, from, to, span }) => {
    const isMixed = (kindOf(from) === "websocket") !== (kindOf(to) === "websocket");
    return isMixed ? [finding(websocketRelease, span, { release: name, backend: to })] : [];
  });
}
