/** The regular expressions that stand anywhere in a file, outside of texts. */
import type { FileNode } from "../../../grammar/ast.ts";
import { visit } from "../../../grammar/index.ts";

export function regexesIn(file: FileNode): readonly string[] {
  const found: string[] = [];
  visit(file, (node) => {
    if (node.kind === "regex") found.push(node.text);
  });
  return found;
}
