/** The words of the language for editors: what they mean and how they are written, from the constructs themselves. */
import type { Statement } from "../../grammar/ast.ts";
import { type SyntaxNode } from "../../grammar/index.ts";
import type { Construct } from "../../compiler/constructs/construct.ts";
import { CONSTRUCTS } from "../../compiler/constructs/index.ts";
import type { Within } from "../../compiler/constructs/piece.ts";
import type { FileCheck } from "./statement-check.ts";

/** The construct that a statement of this word is, where it stands. */
export function constructOf(word: string, within: Within | undefined): Construct | undefined {
  const known = CONSTRUCTS.filter(({ words }) => words.includes(word));
  return within === undefined ? known[0] : (known.find((construct) => construct.within.includes(within)) ?? known[0]);
}

/** Where the last of `nodes` stands, by the blocks around it; undefined in a block that the check did not read as statements. */
export function withinOf(nodes: readonly SyntaxNode[], check: FileCheck): Within | undefined {
  const blocks = nodes.filter((node) => node.kind === "block");
  const [innermost] = blocks.slice(-1);
  return innermost === undefined ? "file" : check.blocks.get(innermost)?.within;
}

/** The forms of a word and its one line, as Markdown. */
export function describeWord(construct: Construct): string {
  return `\`\`\`gwl\n${construct.written.join("\n")}\n\`\`\`\n\n${construct.summary}`;
}

/** `GET "/x" -> y`: what stands before the block of a statement. */
export function headText(statement: Statement, text: string): string {
  const block = statement.phrase.terms.findLast((term) => term.kind === "block");
  const isLast = block !== undefined && block === statement.phrase.terms.at(-1);
  const { start, end } = statement.span;
  return text
    .slice(start, isLast ? block.span.start : end)
    .replace(/\s+/g, " ")
    .trim();
}
