/**
 * Finds declarations by their shape: a word that declares, then a name. What is malformed is left for the construct to report. Promises: one
 * object for each declaration of a tree, however often it is asked for.
 */
import type { Entry, FileNode } from "../../grammar/ast.ts";
import { once } from "../model/once.ts";
import { type Declaration, type DeclarationKind, NAMESPACE_OF } from "./declaration.ts";

export const declarationsOf = once((tree: FileNode): readonly Declaration[] =>
  tree.entries.flatMap((entry) => declarationOf(tree.file, entry) ?? []),
);

function declarationOf(file: string, entry: Entry): Declaration | undefined {
  if (entry.kind !== "statement" || !isDeclarationKind(entry.word.name)) return undefined;
  const [first] = entry.phrase.terms;
  const name = first?.kind === "call" ? first.callee : first;
  return name?.kind === "name" ? { kind: entry.word.name, name, statement: entry, file } : undefined;
}

function isDeclarationKind(word: string): word is DeclarationKind {
  return Object.hasOwn(NAMESPACE_OF, word);
}
