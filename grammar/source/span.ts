/** A place in a source text. Promises: half open, in UTF-16 code units, `file` is the path relative to the project root with `/`. */
export type Span = { readonly file: string; readonly start: number; readonly end: number };

/** A text that was read, with what is needed to turn offsets into lines. */
export type SourceFile = { readonly file: string; readonly text: string; readonly lineStarts: readonly number[] };

/** `line` and `column` count from 1; `column` counts UTF-16 code units. */
export type Position = { readonly line: number; readonly column: number };

export function sourceFile(file: string, text: string): SourceFile {
  const lineStarts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) lineStarts.push(at + 1);
  return { file, text, lineStarts };
}

export function positionAt(source: SourceFile, offset: number): Position {
  let low = 0;
  let high = source.lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((source.lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (source.lineStarts[low] ?? 0) + 1 };
}

/** The span from the start of `first` to the end of `last`; both lie in one file. */
export function spanning(first: Span, last: Span): Span {
  return { file: first.file, start: Math.min(first.start, last.start), end: Math.max(first.end, last.end) };
}
