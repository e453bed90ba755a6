/** Where `cors` or `security_headers` are in force, nothing else speaks for them: no header that is set, no route that answers preflights. */
import { finding, type Diagnostic } from "../../../grammar/source/diagnostic.ts";
import { type Cors, CORS_FIELDS } from "../../model/cors.ts";
import type { PlacedRoute } from "../../model/placed-route.ts";
import type { Transform } from "../../model/program.ts";
import { corsFieldSet, preflightElsewhere, securityFieldSet } from "./cors.diagnostics.ts";
import type { Survey } from "./rules-in-force.ts";

export function checkCors({ routes }: Survey): readonly Diagnostic[] {
  return [...corsFindings(routes), ...securityFindings(routes)];
}

/** A field of `security_headers` that is set beside it would never be seen. */
function securityFindings(routes: readonly PlacedRoute[]): readonly Diagnostic[] {
  const found = new Map<Transform, Diagnostic>();
  for (const { levels, route } of routes) {
    const said = levels.findLast(({ securityHeaders }) => securityHeaders !== undefined)?.securityHeaders;
    if (said === undefined || said === "none") continue;
    for (const transform of levels.flatMap(({ transforms }) => transforms)) {
      const { on, name, span } = transform;
      if (on !== "response" || found.has(transform) || !said.fields.some(([field]) => field === name)) continue;
      const related = [{ span: said.span, message: "stated here" }];
      found.set(transform, finding(securityFieldSet, span, { name, route: route.key }, related));
    }
  }
  return [...found.values()];
}

function corsFindings(routes: readonly PlacedRoute[]): readonly Diagnostic[] {
  const found = new Map<Transform, Diagnostic>();
  const idle: Diagnostic[] = [];
  for (const placed of routes) {
    const cors = inForce(placed);
    if (cors === undefined) continue;
    const related = [{ span: cors.span, message: "stated here" }];
    for (const transform of placed.levels.flatMap(({ transforms }) => transforms)) {
      const { on, name, span } = transform;
      if (on !== "response" || !CORS_FIELDS.includes(name) || found.has(transform)) continue;
      found.set(transform, finding(corsFieldSet, span, { name, route: placed.route.key }, related));
    }
    const { key, method, target, span } = placed.route;
    if (method === "OPTIONS" && target.kind === "respond") idle.push(finding(preflightElsewhere, span, { route: key }, related));
  }
  return [...found.values(), ...idle];
}

function inForce({ levels }: PlacedRoute): Cors | undefined {
  const cors = levels.findLast((level) => level.cors !== undefined)?.cors;
  return cors === "none" ? undefined : cors;
}
