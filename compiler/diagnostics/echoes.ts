/**
 * Leaves echoes out: what later stages say about a statement that could not be read whole mostly repeats the syntax error in
 * other words. Promises: one cause gives one finding; statements inside and around a broken one keep theirs.
 */
import type { Entry, FileNode } from "../../grammar/ast.ts";
import { childrenOf, type SyntaxNode } from "../../grammar/index.ts";
import type { Diagnostic } from "../../grammar/source/diagnostic.ts";

/** `diagnostics` of all stages. What has no place at all stands where a value is missing, which the parser has said. */
export function withoutEchoes(diagnostics: readonly Diagnostic[], trees: readonly FileNode[]): readonly Diagnostic[] {
  const syntax = diagnostics.filter(isSyntax);
  if (syntax.length === 0) return diagnostics;
  const byFile = new Map(trees.map((tree) => [tree.file, tree]));
  const entryOf = ({ span }: Diagnostic): Entry | undefined => {
    const tree = byFile.get(span.file);
    return tree && entryAt(tree, span.start);
  };
  const broken = new Set(syntax.map(entryOf));
  broken.delete(undefined);
  return diagnostics.filter((found) => isSyntax(found) || (found.span.file !== "" && !broken.has(entryOf(found))));
}

/** Codes of the grammar are GWL1xxx. */
function isSyntax({ code }: Diagnostic): boolean {
  return code.startsWith("GWL1");
}

/** The innermost entry that holds `offset`; behind the last word of a line, that line's. */
function entryAt(tree: FileNode, offset: number): Entry | undefined {
  let innermost: Entry | undefined;
  for (let entry = within(tree, offset); entry !== undefined; entry = within(entry, offset)) {
    innermost = entry;
    if (offset > entry.span.end) break;
  }
  return innermost;
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
