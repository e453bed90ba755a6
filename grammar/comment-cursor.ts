/**
 * Hands out comments in the order of the text, so that none is lost or printed twice. Promises: printing in the order of the text and
 * asking before each piece places every comment where it stood. Must not know what it stands next to.
 */
import type { IToken } from "chevrotain";
import { concat, type Doc, hardLine, weightless } from "./document.ts";
import { docComments } from "./docs.ts";
import { endOf, lex } from "./lex.ts";
import type { SourceFile } from "./source/span.ts";

export type CommentCursor = {
  readonly source: SourceFile;
  readonly comments: readonly IToken[];
  /** Places of entries whose doc comment is among `comments`. */
  readonly documented: ReadonlySet<number>;
  next: number;
  /** Where no line may break, comments wait here: how deep in such places we are, and what waits. */
  rigid: number;
  readonly waiting: IToken[];
};

export function commentCursor(source: SourceFile): CommentCursor {
  const { comments } = lex(source);
  const documented = new Set(docComments(comments, source).keys());
  return { source, comments, documented, next: 0, rigid: 0, waiting: [] };
}

/** The comments before `offset` that were not handed out yet. */
export function takeBefore(cursor: CommentCursor, offset: number): readonly IToken[] {
  const from = cursor.next;
  while ((cursor.comments[cursor.next]?.startOffset ?? Number.POSITIVE_INFINITY) < offset) cursor.next++;
  return cursor.comments.slice(from, cursor.next);
}

/** What stands between two pieces: `space`, or the comments that stood there, each with the end of its line. */
export function between(cursor: CommentCursor, nextStart: number, space: Doc): Doc {
  const comments = takeBefore(cursor, nextStart);
  if (cursor.rigid > 0) cursor.waiting.push(...comments);
  if (comments.length === 0 || cursor.rigid > 0) return space;
  return concat(...comments.flatMap((comment) => [startsLine(cursor.source, comment) ? hardLine : " ", commentDoc(comment)]), hardLine);
}

export const commentDoc = (comment: IToken): Doc => weightless(comment.image.trimEnd());

export function startsLine({ text }: SourceFile, comment: IToken): boolean {
  return text.slice(text.lastIndexOf("\n", comment.startOffset - 1) + 1, comment.startOffset).trim() === "" || comment.startOffset === 0;
}

/** Whether an empty line separates two pieces of the text. */
export const blankBetween = ({ text }: SourceFile, end: number, start: number): boolean => /\n[ \t\r]*\n/.test(text.slice(end, start));

export const commentEnd = (comment: IToken): number => endOf(comment);
