/** When a difference is one, in the language's own words. */
import type { AccessDifference, AccessDifferences } from "../analyze/diff/access-differences.ts";
import { type Cube, primeCubes } from "../analyze/diff/prime-cubes.ts";
import { placedParameter } from "../analyze/diff/route-pairs.ts";
import { GIVEN_UP, TRUE } from "../model/boolean-diagram.ts";
import { mapChildren } from "../model/expression-children.ts";
import { expressionText } from "../model/expression-text.ts";
import type { Expr } from "../model/expression.ts";
import { placedRoutes } from "../model/placed-route.ts";
import type { Program } from "../model/program.ts";
import { questionOf } from "./question-of.ts";

/** `any`: one of these, each a condition; empty: always. `isWhole`: there are no more. */
export type Conditions = { readonly any: readonly string[]; readonly isWhole: boolean };

const MOST = 3;
const MOST_PARTS = 6;

export function conditionsOf(
  difference: AccessDifference,
  { diagram, asked }: AccessDifferences,
  versions: { readonly before: Program; readonly after: Program },
): Conditions {
  if (difference.when === GIVEN_UP) return { any: [], isWhole: false };
  if (difference.when === TRUE) return { any: [], isWhole: true };
  const named = withNames(difference, versions);
  const wordsOf = (cube: Cube): string => {
    const operands = cube.flatMap(({ variable, isTrue }): readonly Expr[] => {
      const one = asked.get(variable);
      const question = one && named(questionOf(one));
      return question === undefined ? [] : [isTrue ? question : { op: "not", operand: question, type: question.type, span: question.span }];
    });
    const [first, second] = operands;
    if (first === undefined) return "";
    if (second === undefined) return expressionText(first);
    const more = operands.length - MOST_PARTS;
    const shown = expressionText({ op: "and", operands: operands.slice(0, MOST_PARTS), type: first.type, span: first.span });
    return more > 0 ? `${shown} and ${more} more` : shown;
  };
  const any: string[] = [];
  for (const cube of primeCubes(diagram, difference.when, difference.never)) {
    if (any.length === MOST) return { any, isWhole: false };
    any.push(wordsOf(cube));
  }
  return { any, isWhole: true };
}

/** Parameters by the names that the route gives them. */
function withNames(
  { before, after }: AccessDifference,
  versions: { readonly before: Program; readonly after: Program },
): (expr: Expr) => Expr {
  const routes = [placedRoutes(versions.after.gateway)[after ?? -1], placedRoutes(versions.before.gateway)[before ?? -1]];
  const names = new Map<string, string>();
  for (const route of routes) {
    for (const [at, segment] of (route?.path ?? []).entries()) {
      const placed = placedParameter(at);
      if (segment.kind !== "literal" && !names.has(placed)) names.set(placed, segment.name);
    }
  }
  const named = (expr: Expr): Expr =>
    expr.op === "pathParam" ? { ...expr, name: names.get(expr.name) ?? expr.name } : mapChildren(expr, named);
  return named;
}
