/** Who issues tokens. An issuer is compared as text, and most are URLs: either type will do. */
import type { Phrase } from "../../../../grammar/ast.ts";
import type { Span } from "../../../../grammar/source/span.ts";
import type { CheckContext } from "../../../check/context.ts";
import { checkValue } from "../../../check/expressions/check-expression.ts";
import { baseOf } from "../../../check/types/built-in-types.ts";
import type { Expr } from "../../../model/expression.ts";

export function readIssuer(phrase: Phrase, context: CheckContext): Expr {
  const place = context.place(phrase.span.file, { kind: "nothing", what: "the issuer of an identity" });
  const [first, ...more] = phrase.terms;
  if (first?.kind !== "name" && !(first?.kind === "text" && more.length === 0)) {
    return checkValue(phrase, place, context.report, { kind: "string" });
  }
  const issuer = checkValue(phrase, place, context.report);
  const base = baseOf(issuer.type);
  return base.kind === "url" || base.kind === "string" || base.kind === "poison"
    ? issuer
    : checkValue(phrase, place, context.report, { kind: "string" });
}

/** Stands for a setting that has its finding, or that has none. */
export function unknownText(span: Span): Expr {
  return { op: "const", value: "", type: { kind: "poison" }, span };
}

/** The texts that a late value can be, where the source says them; what the environment brings is not known. */
export function knownTexts(expr: Expr): readonly { readonly text: string; readonly span: Span }[] {
  if (expr.op === "stageValue") return Object.values(expr.values).flatMap(knownTexts);
  return expr.op === "const" && typeof expr.value === "string" && expr.type.kind !== "poison"
    ? [{ text: expr.value, span: expr.span }]
    : [];
}
