/** Finds declarations by their shape: a word that declares, then a name. What is malformed is left for the construct to report. */
import type { Entry } from "../../grammar/ast.ts";
import type { LoadedFile } from "../load/loaded.ts";
import { type Declaration, type DeclarationKind, NAMESPACE_OF } from "./declaration.ts";

export function declarationsOf({ file, tree }: LoadedFile): readonly Declaration[] {
  return tree.entries.flatMap((entry) => declarationOf(file, entry) ?? []);
}

function declarationOf(file: string, entry: Entry): Declaration | undefined {
  if (entry.kind !== "statement" || !isDeclarationKind(entry.word.name)) return undefined;
  const [first] = entry.phrase.terms;
  const name = first?.kind === "call" ? first.callee : first;
  return name?.kind === "name" ? { kind: entry.word.name, name, statement: entry, file } : undefined;
}

function isDeclarationKind(word: string): word is DeclarationKind {
  return Object.hasOwn(NAMESPACE_OF, word);
}
