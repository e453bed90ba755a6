/** Pieces of source, parsed, for the tests of the checker. */
import type { Expression, FileNode, Phrase, Term } from "../../grammar/ast.ts";
import { parseSource } from "../../grammar/index.ts";
import { type Span, sourceFile } from "../../grammar/source/span.ts";

export type Parsed = { readonly terms: readonly Term[]; readonly text: (span: Span) => string; readonly file: FileNode };

/** The terms of `text` where a value or type stands; undefined where it does not parse. */
export function tryTerms(text: string): Parsed | undefined {
  const written = `let x = ${text}\n`;
  const { value: file, diagnostics } = parseSource(sourceFile("test.gwl", written));
  const [entry, ...more] = file.entries;
  if (diagnostics.length > 0 || entry?.kind !== "statement" || more.length > 0) return undefined;
  const phrase: Phrase = entry.phrase;
  return { terms: phrase.terms.slice(2), text: (span) => written.slice(span.start, span.end), file };
}

export function termsOf(text: string): Parsed {
  const parsed = tryTerms(text);
  if (parsed === undefined) throw new Error(`does not parse: ${text}`);
  return parsed;
}

export function expressionOf(text: string): { readonly node: Expression; readonly text: (span: Span) => string } {
  const { terms, text: slice } = termsOf(text);
  const [node, ...more] = terms;
  if (node === undefined || node.kind === "block" || node.kind === "mark" || more.length > 0) throw new Error(`is no expression: ${text}`);
  return { node, text: slice };
}
