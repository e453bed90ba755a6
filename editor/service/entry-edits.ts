/** Edits on entries: one put in, one taken out, with the line or comma that goes with it. */
import type { Block, Entry } from "../../grammar/ast.ts";
import type { Edit } from "./answers.ts";
import type { FileView } from "./workspace.ts";

/** `entries` of the block are added at its end, as it is laid out already. */
export function addEntries({ source, path }: FileView, block: Block, entries: readonly string[]): Edit {
  const { text } = source;
  const last = block.entries.at(-1);
  if (last === undefined) {
    const { start, end } = block.span;
    return { path, start: start + 1, end: Math.max(start + 1, end - 1), text: ` ${entries.join(", ")} ` };
  }
  const at = last.span.end;
  const isOneLine = !text.slice(block.span.start, block.span.end).includes("\n");
  if (isOneLine) return { path, start: at, end: at, text: `, ${entries.join(", ")}` };
  const indent = indentOf(text, last.span.start);
  return { path, start: at, end: at, text: entries.map((entry) => `\n${indent}${entry}`).join("") };
}

/** With its documentation and line, or with the comma beside it. */
export function removeEntry({ source, path }: FileView, among: readonly Entry[], entry: Entry): Edit {
  const { text } = source;
  const lineStart = text.lastIndexOf("\n", entry.span.start - 1) + 1;
  const lineEnd = text.indexOf("\n", entry.span.end);
  const after = lineEnd === -1 ? text.length : lineEnd + 1;
  const isAlone =
    text.slice(lineStart, entry.span.start).trim() === "" && text.slice(entry.span.end, after).trim().replace(/^,/, "") === "";
  if (isAlone) return { path, start: withDocumentation(text, lineStart), end: after, text: "" };
  const at = among.indexOf(entry);
  const [before, next] = [among[at - 1], among[at + 1]];
  if (next !== undefined) return { path, start: entry.span.start, end: next.span.start, text: "" };
  return { path, start: before?.span.end ?? entry.span.start, end: entry.span.end, text: "" };
}

function withDocumentation(text: string, lineStart: number): number {
  let start = lineStart;
  while (start > 0) {
    const before = text.lastIndexOf("\n", start - 2) + 1;
    if (!text.slice(before, start).trim().startsWith("///")) return start;
    start = before;
  }
  return start;
}

export function indentOf(text: string, offset: number): string {
  const lineStart = text.lastIndexOf("\n", offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(lineStart))?.[0] ?? "";
}
