/** What `allow`, `deny` and `require` have in common: a condition over the request and a reason. */
import type { Expression, Statement } from "../../../grammar/ast.ts";
import { finding } from "../../../grammar/source/diagnostic.ts";
import type { Span } from "../../../grammar/source/span.ts";
import type { Around, CheckContext } from "../../check/context.ts";
import { checkExpression } from "../../check/expressions/check-expression.ts";
import type { Expr } from "../../model/expression.ts";
import type { Rule } from "../../model/program.ts";
import type { PhraseReader } from "../phrase-reader.ts";
import type { Piece } from "../piece.ts";
import { emptyReason } from "./access.diagnostics.ts";

/** The piece of a rule; without `condition` it always holds. */
export function rulePiece(
  effect: Rule["effect"],
  statement: Statement,
  parts: { readonly condition: Expression | undefined; readonly because: string | undefined },
  context: CheckContext,
  around: Around,
): Piece | undefined {
  const when = parts.condition === undefined ? always(statement.word.span) : conditionOf(parts.condition, context, around);
  if (when.type.kind === "poison") return undefined;
  const because = parts.because === undefined ? {} : { because: parts.because };
  const site = context.site({ kind: "rule", span: statement.span, ...because });
  return { kind: "access", statement: { kind: "rule", site, effect, when, ...because }, span: statement.span };
}

function conditionOf(node: Expression, context: CheckContext, around: Around): Expr {
  return checkExpression(node, context.place(node.span.file, around.reads, around.parameters), context.report, { kind: "bool" });
}

function always(span: Span): Expr {
  return { op: "const", value: true, type: { kind: "bool" }, span };
}

/** `because "..."`, if it is next. */
export function optionalReason(phrase: PhraseReader, word: string, context: CheckContext): string | undefined {
  return phrase.takes("because") ? reasonText(phrase, word, context) : undefined;
}

/** `because "..."`, which must be next. */
export function reason(phrase: PhraseReader, word: string, context: CheckContext): string | undefined {
  return phrase.word("because") ? reasonText(phrase, word, context) : undefined;
}

function reasonText(phrase: PhraseReader, word: string, context: CheckContext): string | undefined {
  const text = phrase.text('a reason in quotes, as in `because "..."`');
  if (text === undefined || text.value.trim() !== "") return text?.value;
  context.report(finding(emptyReason, text.span, { word }));
  return undefined;
}
