/**
 * Leaves echoes out: what later stages say about what could not be read mostly repeats that in other words, and so does whoever misses
 * what stands in it. Promises: one cause gives one finding; statements inside and around a broken one keep theirs.
 */
import type { Entry, FileNode } from "../../grammar/ast.ts";
import { childrenOf, type SyntaxNode } from "../../grammar/index.ts";
import type { Diagnostic } from "../../grammar/source/diagnostic.ts";
import type { SourceFile, Span } from "../../grammar/source/span.ts";
import { missedIn } from "./missed.ts";
import { tornBy } from "./torn.ts";

/** A file as it was parsed. */
export type ParsedFile = { readonly source: SourceFile; readonly tree: FileNode };

/** `diagnostics` of all stages. What has no place at all stands where a value is missing, which the parser has said. */
export function withoutEchoes(diagnostics: readonly Diagnostic[], files: readonly ParsedFile[]): readonly Diagnostic[] {
  const isPlain = !diagnostics.some((found) => isSyntax(found) || found.role !== undefined);
  if (isPlain) return diagnostics;
  const byFile = new Map(files.map((file) => [file.tree.file, file]));
  const textOf = (file: string): string | undefined => byFile.get(file)?.source.text;
  const textAt = ({ file, start, end }: Span): string => textOf(file)?.slice(start, end) ?? "";
  const around = ({ span }: Diagnostic): readonly Entry[] => {
    const file = byFile.get(span.file);
    return file === undefined ? [] : entriesAt(file.tree, span.start);
  };
  const syntax = diagnostics.filter(isSyntax);
  const broken = new Set(syntax.map((found) => around(found).at(-1)));
  broken.delete(undefined);
  const torn = tornBy(syntax, textOf);
  const unread = diagnostics.filter(({ role }) => role === "unread");
  const unreadIn = new Set(unread.flatMap(around));
  const isMissed = missedIn({ torn, diagnostics, textAt, statementOf: (found) => around(found).at(-1)?.span });
  const isEcho = (found: Diagnostic): boolean =>
    found.span.file === "" ||
    broken.has(around(found).at(-1)) ||
    torn.some((part) => isWithin(found.span, part)) ||
    (found.role === "lacks" &&
      around(found)
        .slice(-2)
        .some((entry) => unreadIn.has(entry))) ||
    isMissed(found);
  return diagnostics.filter((found) => isSyntax(found) || !isEcho(found));
}

const isWithin = (inner: Span, outer: Span): boolean => inner.file === outer.file && outer.start <= inner.start && inner.start <= outer.end;

/** Codes of the grammar are GWL1xxx. */
function isSyntax({ code }: Diagnostic): boolean {
  return code.startsWith("GWL1");
}

/** The entries that hold `offset`, the innermost last; behind the last word of a line, that line's. */
function entriesAt(tree: FileNode, offset: number): readonly Entry[] {
  const entries: Entry[] = [];
  for (let entry = within(tree, offset); entry !== undefined; entry = within(entry, offset)) {
    entries.push(entry);
    if (offset > entry.span.end) break;
  }
  return entries;
}

/** The last entry below `node` that begins before `offset`, unless another node begins between the two. */
function within(node: SyntaxNode, offset: number): Entry | undefined {
  const children = childrenOf(node);
  const child = children[lastBefore(children, offset)];
  if (child === undefined) return undefined;
  return isEntry(child) ? child : within(child, offset);
}

/** The place of the last of them that begins at or before `offset`, or -1. They stand in the order of the text, and can be many. */
function lastBefore(nodes: readonly SyntaxNode[], offset: number): number {
  let [low, high] = [0, nodes.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((nodes[middle]?.span.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function isEntry(node: SyntaxNode): node is Entry {
  return node.kind === "statement" || node.kind === "setting" || node.kind === "item" || node.kind === "row";
}
