/** Claims as an identity's block writes them. */
import type { NameNode, Setting, TextNode } from "../../grammar/ast.ts";
import type { Declaration } from "../../compiler/bind/declaration.ts";

/** Settings of a block within the identity's block are what its tokens say. */
export function claimsOf({ statement }: Pick<Declaration, "statement">): readonly Setting[] {
  const block = statement.phrase.terms.find((term) => term.kind === "block");
  const inner = block?.entries.flatMap((entry) => (entry.kind === "statement" ? entry.phrase.terms : [])) ?? [];
  return inner.flatMap((term) => (term.kind === "block" ? term.entries.filter((entry) => entry.kind === "setting") : []));
}

/** What rules call it. */
export const claimName = (setting: Setting): NameNode | TextNode => setting.alias ?? setting.key;
export const textOfKey = (key: NameNode | TextNode): string => (key.kind === "name" ? key.name : key.value);
