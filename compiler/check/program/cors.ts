/** Where `cors` is in force, nothing else speaks for it: no header that is set, no route that answers preflights. */
import { finding, type Diagnostic } from "../../../grammar/source/diagnostic.ts";
import { type Cors, CORS_FIELDS } from "../../model/cors.ts";
import type { PlacedRoute } from "../../model/placed-route.ts";
import type { Transform } from "../../model/program.ts";
import { corsFieldSet, preflightElsewhere } from "./cors.diagnostics.ts";
import type { Survey } from "./rules-in-force.ts";

export function checkCors({ routes }: Survey): readonly Diagnostic[] {
  const found = new Map<Transform, Diagnostic>();
  const idle: Diagnostic[] = [];
  for (const placed of routes) {
    const cors = inForce(placed);
    if (cors === undefined) continue;
    const related = [{ span: cors.span, message: "stated here" }];
    for (const transform of placed.levels.flatMap(({ transforms }) => transforms)) {
      const { on, name, span } = transform;
      if (on === "request" || !CORS_FIELDS.includes(name) || found.has(transform)) continue;
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
