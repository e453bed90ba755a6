/** Fields that are read as one value come once, and names and values of queries that are read are text (D4, D44, D50). */
import type { Expr } from "../model/expression.ts";
import type { EffectiveRule } from "./effective-rules.ts";
import { valuesOf } from "./fields.ts";
import type { PlacedRoute } from "./placed-route.ts";
import { everyPart } from "./reads.ts";
import type { Scene } from "./scene.ts";
import { limitsOf } from "./traffic.ts";
import { effectiveTransforms } from "./transforms.ts";

/** Whether the rules, transforms and limits of the route may read the request at all. */
/** `also`: what divides calls between backends, and what the backend shares them out by. */
export function mayRead(
  rules: readonly EffectiveRule[],
  { levels, route }: PlacedRoute,
  also: readonly (Expr | undefined)[],
  scene: Scene,
): boolean {
  const conditions = rules.flatMap(({ when, given }) => (when ? everyPart(when, given) : []));
  const transforms = (["request", "response", "query"] as const).flatMap((on) => effectiveTransforms(levels, on));
  const keys = limitsOf(levels).flatMap(({ by }) => (by ? everyPart(by.expr, undefined) : []));
  const shared = also.flatMap((one) => (one ? everyPart(one, undefined) : []));
  const parts = [...conditions, ...shared, ...transforms.flatMap(({ value }) => everyPart(value, undefined)), ...keys];
  const checked = (route.validate?.fields ?? []).filter((field) => field.in === "query");
  return parts.every((part) => isReadable(part, scene)) && checked.every(({ name }) => isText(name, scene));
}

function isReadable(part: Expr, scene: Scene): boolean {
  const { request } = scene;
  const { fields = [], query = [] } = request ?? {};
  switch (part.op) {
    case "header":
      return valuesOf(fields, part.name).length <= 1;
    case "applyingStatements":
    case "awsAllows":
      return part.headers.every((name) => valuesOf(fields, name).length <= 1);
    case "query":
    case "queries": {
      const named = query.filter(({ name }) => name === part.name);
      return isText(part.name, scene) && (part.op === "queries" || named.length <= 1);
    }
    default:
      return true;
  }
}

/** D44: where a name of the query is read, all names are text, and so are its values. */
function isText(wanted: string, { request }: Scene): boolean {
  const { query = [] } = request ?? {};
  return query.every(({ name, value }) => name !== undefined && (name !== wanted || value !== undefined));
}
