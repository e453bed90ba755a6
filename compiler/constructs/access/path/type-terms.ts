/** The type that stands inside a path's quotes, as terms whose spans are those of the file. */
import type { Term } from "../../../../grammar/ast.ts";
import { parseSource } from "../../../../grammar/parse.ts";
import { sourceFile, type Span } from "../../../../grammar/source/span.ts";

const WORD = "x ";

/** `place` turns offsets in `text` into a span. Undefined where `text` is not one phrase. */
export type TypeTerms = (text: string, place: (start: number, end: number) => Span) => readonly Term[] | undefined;

/** Remembers what it has read: the paths of a program repeat few types. */
export function typeTermsReader(): TypeTerms {
  const known = new Map<string, readonly Term[] | undefined>();
  return (text, place) => {
    if (/^[A-Za-z][A-Za-z0-9_]*$/.test(text)) return [{ kind: "name", name: text, span: place(0, text.length) }];
    if (!known.has(text)) known.set(text, termsOf(text));
    const terms = known.get(text);
    return terms && moved(terms, ({ start, end }) => place(start - WORD.length, end - WORD.length));
  };
}

function termsOf(text: string): readonly Term[] | undefined {
  const { value, diagnostics } = parseSource(sourceFile("", WORD + text));
  const [statement, ...more] = value.entries;
  return diagnostics.length > 0 || more.length > 0 || statement?.kind !== "statement" ? undefined : statement.phrase.terms;
}

/** A tree with each span replaced. */
function moved<Tree>(tree: Tree, move: (span: Span) => Span): Tree {
  if (Array.isArray(tree)) return tree.map((part: unknown) => moved(part, move)) as Tree;
  if (typeof tree !== "object" || tree === null) return tree;
  const parts = Object.entries(tree).map(([key, part]) => [
    key,
    key.toLowerCase().endsWith("span") ? move(part as Span) : moved(part, move),
  ]);
  return Object.fromEntries(parts) as Tree;
}
