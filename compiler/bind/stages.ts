/** Finds all stages that a program knows: the names in every `stage { }`. Promises: looks at shapes only, once a tree. */
import type { Expression, FileNode, Phrase, Term } from "../../grammar/ast.ts";
import type { Span } from "../../grammar/source/span.ts";
import { once } from "../model/once.ts";

/** Each stage with the first place that names it, sorted by name. */
export function stagesOf(trees: readonly FileNode[]): ReadonlyMap<string, Span> {
  const found = new Map<string, Span>();
  for (const tree of trees) for (const [name, span] of namesIn(tree)) if (!found.has(name)) found.set(name, span);
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

const namesIn = once((tree: FileNode): ReadonlyMap<string, Span> => {
  const found = new Map<string, Span>();
  for (const entry of tree.entries) if ("phrase" in entry) visitPhrase(entry.phrase, found);
  return found;
});

function visitPhrase({ terms }: Phrase, found: Map<string, Span>): void {
  for (const [at, term] of terms.entries()) {
    const before = terms[at - 1];
    if (term.kind !== "block") {
      if (term.kind !== "mark") visitExpression(term, found);
      continue;
    }
    if (before?.kind === "name" && before.name === "stage") takeNames(term, found);
    for (const entry of term.entries) {
      if (entry.kind === "statement") visitPhrase(entry.phrase, found);
      else if (entry.kind === "setting" || entry.kind === "item") visitPhrase(entry.value, found);
    }
  }
}

/** A list may hold `stage { }` nowhere, but a call's argument is a phrase and may. */
function visitExpression(node: Expression, found: Map<string, Span>): void {
  if (node.kind === "call") for (const argument of node.arguments) visitPhrase(argument.value, found);
}

function takeNames(block: Extract<Term, { kind: "block" }>, found: Map<string, Span>): void {
  for (const entry of block.entries) {
    if (entry.kind !== "setting" || entry.key.kind !== "name" || found.has(entry.key.name)) continue;
    found.set(entry.key.name, entry.key.span);
  }
}
