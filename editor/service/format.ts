/** Formatting: the printer of `gwl fmt`, and the fewest edits from the old text to the new. Promises: a text with syntax errors stays as it is. */
import { type FileNode, parseSource, printFile, sourceFile, type Staged } from "../../grammar/index.ts";
import type { Edit } from "./answers.ts";
import { lineEdits } from "./line-edits.ts";
import type { Range, Spot } from "./places.ts";
import type { Workspace } from "./workspace.ts";

export function format({ texts }: Workspace, path: string): readonly Edit[] {
  const source = texts.source(path);
  if (source === undefined) return [];
  const parsed: Staged<FileNode> = parseSource(sourceFile(path, source.text));
  if (parsed.diagnostics.some(({ severity }) => severity === "error")) return [];
  return lineEdits(path, source.text, printFile(parsed.value, source));
}

/** The edits of the whole file that lie in the lines of `range`. */
export function formatRange(workspace: Workspace, { path, start, end }: Range): readonly Edit[] {
  const text = workspace.texts.source(path)?.text ?? "";
  const from = text.lastIndexOf("\n", start - 1) + 1;
  const lineEnd = text.indexOf("\n", Math.max(end - 1, from));
  const to = lineEnd === -1 ? text.length : lineEnd + 1;
  return format(workspace, path).filter((edit) => edit.start >= from && edit.end <= to);
}

/** Behind `}` its block is laid out, behind a line break the line before. */
export function formatOnType(workspace: Workspace, { path, offset }: Spot, character: string): readonly Edit[] {
  const text = workspace.texts.source(path)?.text ?? "";
  if (character === "}") return formatRange(workspace, { path, start: opening(text, offset - 1), end: offset });
  const before = text.lastIndexOf("\n", offset - 1);
  if (character !== "\n" || before < 0) return [];
  // The new line itself is left alone: the cursor stands in it.
  return formatRange(workspace, { path, start: text.lastIndexOf("\n", before - 1) + 1, end: before });
}

/** The `{` that the `}` at `close` ends, by counting; brackets in texts and comments may mislead it, and then it lays out more or less. */
function opening(text: string, close: number): number {
  let depth = 0;
  for (let at = close; at >= 0; at--) {
    if (text[at] === "}") depth++;
    else if (text[at] === "{" && --depth === 0) return at;
  }
  return close;
}
