/** Finds the files that a source names. Promises: looks at shapes only, once a tree; what is malformed is left for the construct that reads it to report. */
import type { Block, FileNode, Phrase, Statement, TextNode } from "../../grammar/ast.ts";
import { once } from "../model/once.ts";

export type WrittenImport = { readonly statement: Statement; readonly path: TextNode; readonly names?: Block };

/** `import "path"` and `import { names } from "path"` at the top level. */
export const importsOf = once(findImports);

function findImports(tree: FileNode): readonly WrittenImport[] {
  return tree.entries.flatMap((entry) => {
    if (entry.kind !== "statement" || entry.word.name !== "import") return [];
    const [first, from, path, ...more] = entry.phrase.terms;
    if (first?.kind === "text" && from === undefined) return [{ statement: entry, path: first }];
    if (first?.kind !== "block" || from?.kind !== "name" || from.name !== "from" || path?.kind !== "text" || more.length > 0) return [];
    return [{ statement: entry, path, names: first }];
  });
}

/** The texts after `from` anywhere else: lists of networks, key files. */
export const dataPathsOf = once(findDataPaths);

function findDataPaths(tree: FileNode): readonly TextNode[] {
  const found: TextNode[] = [];
  const visitBlock = (block: Pick<Block, "entries">): void => {
    for (const entry of block.entries) {
      if (entry.kind === "setting" || entry.kind === "item") visitPhrase(entry.value);
      else if (entry.kind === "statement" && !(entry.word.name === "import" && block === tree)) visitPhrase(entry.phrase);
    }
  };
  const visitPhrase = ({ terms }: Phrase): void => {
    for (const [at, term] of terms.entries()) {
      const before = terms[at - 1];
      if (term.kind === "block") visitBlock(term);
      else if (term.kind === "text" && before?.kind === "name" && before.name === "from") found.push(term);
    }
  };
  visitBlock(tree);
  return found;
}
