/** Finds `///` comments. Promises: text by the offset of what stands right below them. Must not know what that is. */
import type { IToken } from "chevrotain";
import { endOf } from "./lex.ts";
import type { SourceFile } from "./source/span.ts";

export const isDoc = (comment: IToken): boolean => /^\/\/\/(?!\/)/.test(comment.image);

export type Doc = { readonly text: string; readonly comments: readonly IToken[] };

export function docComments(comments: readonly IToken[], source: SourceFile): ReadonlyMap<number, Doc> {
  const docs = new Map<number, Doc>();
  let run: IToken[] = [];
  for (const comment of comments) {
    if (!isDoc(comment) || !startsLine(source, comment)) continue;
    run.push(comment);
    const next = textAfter(source, comment);
    if (source.text.startsWith("//", next)) {
      if (!source.text.startsWith("///", next) || source.text.startsWith("////", next)) run = [];
      continue;
    }
    docs.set(next, { text: run.map((line) => line.image.replace(/^\/\/\/ ?/, "").trimEnd()).join("\n"), comments: run });
    run = [];
  }
  return docs;
}

function startsLine(source: SourceFile, comment: IToken): boolean {
  const before = source.text.lastIndexOf("\n", comment.startOffset - 1);
  return comment.startOffset === 0 || source.text.slice(before + 1, comment.startOffset).trim() === "";
}

const SPACE = /[ \t\r\n\uFEFF]*/y;
function textAfter(source: SourceFile, comment: IToken): number {
  SPACE.lastIndex = endOf(comment);
  SPACE.exec(source.text);
  return SPACE.lastIndex;
}
