/** Runs the checker on one expression of the shop: its printed form, or its findings as `name @ text`. */
import { checkExpression, checkValue } from "../../../compiler/check/expressions/check-expression.ts";
import type { Place } from "../../../compiler/check/expressions/place.ts";
import { printType } from "../../../compiler/check/types/print-type.ts";
import type { Expr } from "../../../compiler/model/expression.ts";
import type { Type } from "../../../compiler/model/types.ts";
import type { Diagnostic } from "../../../grammar/source/diagnostic.ts";
import { expressionOf, termsOf } from "../parsed.ts";
import { printExpr } from "./print-expr.ts";
import { SHOP } from "./shop-place.ts";

export type Checked = { readonly expr: Expr; readonly type: string; readonly printed: string; readonly found: readonly Diagnostic[] };

export function check(source: string, place: Place = SHOP, expected?: Type): Checked {
  const { node } = expressionOf(source);
  const found: Diagnostic[] = [];
  const expr = checkExpression(node, place, (diagnostic) => found.push(diagnostic), expected);
  return { expr, type: printType(expr.type), printed: printExpr(expr), found };
}

export function checkPhrase(source: string, place: Place = SHOP, expected?: Type): Checked {
  const { terms } = termsOf(source);
  const found: Diagnostic[] = [];
  const expr = checkValue(
    { terms, span: terms[0]?.span ?? { file: "", start: 0, end: 0 } },
    place,
    (diagnostic) => found.push(diagnostic),
    expected,
  );
  return { expr, type: printType(expr.type), printed: printExpr(expr), found };
}

/** `printed : Type`, or the findings, each as `name @ underlined text`. */
export function outcome(source: string, place: Place = SHOP, expected?: Type): string {
  const result = check(source, place, expected);
  return summary(result, expressionOf(source).text);
}

export function phraseOutcome(source: string, place: Place = SHOP, expected?: Type): string {
  return summary(checkPhrase(source, place, expected), termsOf(source).text);
}

function summary({ type, printed, found }: Checked, text: (span: Diagnostic["span"]) => string): string {
  if (found.length > 0) return found.map((diagnostic) => `${diagnostic.name} @ ${text(diagnostic.span)}`).join("; ");
  return `${printed} : ${type}`;
}
