/**
 * A bracket or a quote that is missing or one too many tears the declaration in which it stands. Promises: the part of the text that
 * cannot be trusted then, and no more: declarations begin in the first column.
 */
import type { Diagnostic } from "../../grammar/source/diagnostic.ts";
import type { Span } from "../../grammar/source/span.ts";

/** No closing bracket: a declaration's own one stands in the first column as well. */
const BEGINS = /^[^\s})\]]/gm;

/** The declarations that `diagnostics` tear. `textOf` gives a file's text. */
export function tornBy(diagnostics: readonly Diagnostic[], textOf: (file: string) => string | undefined): readonly Span[] {
  return diagnostics.flatMap(({ role, span }) => {
    const text = role === "tears" ? textOf(span.file) : undefined;
    return text === undefined ? [] : [{ file: span.file, ...declarationAt(text, span.start) }];
  });
}

function declarationAt(text: string, offset: number): Omit<Span, "file"> {
  let start = 0;
  for (const { index } of text.matchAll(BEGINS)) {
    if (index > offset) return { start, end: index - 1 };
    start = index;
  }
  return { start, end: text.length };
}
