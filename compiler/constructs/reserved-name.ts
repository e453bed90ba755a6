/** A word of the language where a name is needed: `network in { ... }`, `let true = 5`. Knows no constructs. */
import type { Term } from "../../grammar/ast.ts";
import { RESERVED_WORDS } from "../../grammar/reserved-words.ts";
import { type Diagnostic, finding } from "../../grammar/source/diagnostic.ts";
import type { Span } from "../../grammar/source/span.ts";
import { reservedWord } from "../../grammar/syntax-errors.ts";
import type { CheckContext } from "../check/context.ts";

/** The finding about the word that `term` starts with; undefined where it is none of the language. */
export function reservedName(term: Term | undefined, context: CheckContext): Diagnostic | undefined {
  const word = term === undefined ? "" : (/^[a-z]+/.exec(context.written(term.span))?.[0] ?? "");
  if (term === undefined || !RESERVED_WORDS.has(word)) return undefined;
  return reserved(word, { ...term.span, end: term.span.start + word.length });
}

/** The same for an operator between the word of a statement and what follows it. */
export function reservedOperator(operator: string, span: Span): Diagnostic | undefined {
  return RESERVED_WORDS.has(operator) ? reserved(operator, span) : undefined;
}

function reserved(word: string, span: Span): Diagnostic {
  return finding(reservedWord, span, { word, place: "a name" });
}
