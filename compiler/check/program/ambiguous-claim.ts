/** `principal.name` where a caller has two identities that could be meant (D121). */
import { finding, type Diagnostic } from "../../../grammar/source/diagnostic.ts";
import { childrenOf } from "../../model/expression-children.ts";
import type { Expr } from "../../model/expression.ts";
import type { PlacedRoute } from "../../model/placed-route.ts";
import { ambiguousClaim } from "./access.diagnostics.ts";
import { allowingLevel, limitsOn, nobodyAuthenticates, type Survey } from "./rules-in-force.ts";

export function checkAmbiguousClaims(survey: Survey): readonly Diagnostic[] {
  const found = new Map<Expr, Diagnostic>();
  for (const placed of survey.routes) {
    if (!placed.accept.some((caller) => caller.length > 1)) continue;
    for (const expr of askedOn(survey, placed)) report(expr, placed, found);
  }
  return [...found.values()];
}

function askedOn(survey: Survey, placed: PlacedRoute): readonly Expr[] {
  const allowing = allowingLevel(survey, placed);
  if (nobodyAuthenticates(placed, allowing)) return [];
  const rules = [...limitsOn(survey, placed), ...(allowing?.allows ?? [])];
  const transforms = placed.levels.flatMap((level) => level.transforms);
  return [...rules.map(({ when }) => when), ...transforms.map(({ value }) => value)];
}

function report(expr: Expr, placed: PlacedRoute, found: Map<Expr, Diagnostic>): void {
  if (expr.op === "principalField" && !found.has(expr)) {
    const meant = placed.accept.map((caller) => caller.filter((name) => expr.identities.includes(name)));
    const [identities] = meant.filter((names) => names.length > 1);
    if (identities !== undefined) {
      const related = [{ span: placed.route.span, message: `callers of this route are \`${identities.join("` and `")}\` at once` }];
      found.set(expr, finding(ambiguousClaim, expr.span, { name: expr.name, identities }, related));
    }
  }
  for (const child of childrenOf(expr)) report(child, placed, found);
}
