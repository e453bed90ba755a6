/** Says in the user's words what stands at a place of a text. Promises: one short phrase, user text in backticks. */
import type { SourceFile } from "./source/span.ts";

const SKIPPED = /(?:[ \t]+|\/\/[^\r\n]*)*/y;
const PIECE = /[A-Za-z_][A-Za-z0-9_]*|[0-9][A-Za-z0-9_./:%-]*|"[^"\r\n]{0,24}"?|->|[=!<>]=|\?\?|\.\.|[^]/y;

/** What comes at `offset`, behind blanks and comments. */
export function foundAt(source: SourceFile, offset: number): string {
  SKIPPED.lastIndex = offset;
  SKIPPED.exec(source.text);
  const at = Math.max(SKIPPED.lastIndex, offset);
  if (at >= source.text.length) return "the end of the file";
  PIECE.lastIndex = at;
  const piece = PIECE.exec(source.text)?.[0] ?? "";
  return piece === "\n" || piece === "\r" ? "the end of the line" : `\`${piece.slice(0, 40)}\``;
}
