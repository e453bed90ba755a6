/**
 * Places in the words of the service: an absolute path and UTF-16 offsets, and their form in editors that count lines. Promises: both ways meet;
 * what lies outside a text is moved to its nearest end.
 */
import type { SourceFile } from "../../grammar/index.ts";

export type Spot = { readonly path: string; readonly offset: number };
/** Half open. */
export type Range = { readonly path: string; readonly start: number; readonly end: number };

/** As the Language Server Protocol counts: both from 0, `character` in UTF-16 code units. */
export type LinePosition = { readonly line: number; readonly character: number };

export function linePositionOf(source: SourceFile, offset: number): LinePosition {
  const at = Math.max(0, Math.min(offset, source.text.length));
  let [low, high] = [0, source.lineStarts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((source.lineStarts[middle] ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return { line: low, character: at - (source.lineStarts[low] ?? 0) };
}

/** A character behind the end of its line is the end of that line, as the protocol has it. */
export function offsetOf(source: SourceFile, { line, character }: LinePosition): number {
  if (line < 0) return 0;
  const start = source.lineStarts[line];
  if (start === undefined) return source.text.length;
  const next = source.lineStarts[line + 1] ?? source.text.length + 1;
  let end = next - 1;
  if (end > start && source.text[end - 1] === "\r") end--;
  return Math.max(start, Math.min(start + character, end));
}
