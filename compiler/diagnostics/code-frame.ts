/**
 * The lines of source around one or more marked places, as a frame for a terminal. Knows spans and texts, not findings.
 */
import { positionAt, type SourceFile, type Span } from "../../grammar/source/span.ts";
import { harmless, layOut } from "./text-width.ts";

/** `isMain` places are underlined with `^`, others with `-`. */
export type Mark = { readonly span: Span; readonly text: string; readonly isMain: boolean };

/** How to colour the parts; `plain` for none. */
export type Paint = {
  readonly gutter: (text: string) => string;
  readonly main: (text: string) => string;
  readonly other: (text: string) => string;
  readonly strong: (text: string) => string;
};
export const plain: Paint = { gutter: same, main: same, other: same, strong: same };

const WIDEST = 140;
/** Code units of a line that are laid out on each side of a place: many findings in one endless line must not lay all of it out each time. */
const NEARBY = 2 * WIDEST;

type PlacedMark = { readonly line: number; readonly from: number; readonly to: number; readonly mark: Mark };

/** The frame of `marks`, which all lie in `source`; the head names the first main mark's place. `margin` is the gutter's width. */
export function codeFrame(source: SourceFile, marks: readonly Mark[], margin: number, paint: Paint): readonly string[] {
  const head = marks.find((mark) => mark.isMain) ?? marks[0];
  if (head === undefined) return [];
  const at = positionAt(source, head.span.start);
  const pad = " ".repeat(margin);
  const lines = [`${pad} ${paint.gutter("╭─")} ${harmless(source.file)}:${at.line}:${at.column}`];
  const placed = marks.map((mark) => place(source, mark)).sort((a, b) => a.line - b.line || a.from - b.from);
  let previous: number | undefined;
  for (const line of new Set(placed.map((mark) => mark.line))) {
    if (previous !== undefined && line > previous + 1) lines.push(`${pad} ${paint.gutter("·")}`);
    previous = line;
    lines.push(
      ...markedLine(
        source,
        line,
        placed.filter((mark) => mark.line === line),
        margin,
        paint,
      ),
    );
  }
  return lines;
}

/** The widest line number among `marks`, in digits. */
export function marginOf(source: SourceFile, marks: readonly Mark[]): number {
  return Math.max(1, ...marks.map((mark) => String(positionAt(source, mark.span.start).line).length)) + 1;
}

/** A place that runs over several lines is marked to the end of its first. */
function place(source: SourceFile, mark: Mark): PlacedMark {
  const { line, column } = positionAt(source, Math.min(mark.span.start, source.text.length));
  const length = lineText(source, line).length;
  const from = Math.min(column - 1, length);
  const to = Math.max(from, Math.min(from + (mark.span.end - mark.span.start), length));
  return { line, from, to, mark };
}

function lineText(source: SourceFile, line: number): string {
  const start = source.lineStarts[line - 1] ?? 0;
  const next = source.lineStarts[line];
  const text = source.text.slice(start, next === undefined ? source.text.length : next - 1);
  return text.endsWith("\r") ? text.slice(0, -1) : text;
}

function markedLine(source: SourceFile, line: number, marks: readonly PlacedMark[], margin: number, paint: Paint): readonly string[] {
  const whole = lineText(source, line);
  const around = marks[0]?.from ?? 0;
  const skipped = Math.max(0, around - NEARBY);
  const text = whole.slice(skipped, around + NEARBY);
  const { columns } = layOut(text);
  const columnOf = (unit: number): number => (unit < skipped ? 0 : (columns[unit - skipped] ?? columns.at(-1) ?? 0));
  const window = windowOf(text, columns, around - skipped);
  const shown = layOut(window.text).shown;
  const bar = paint.gutter("│");
  const rows = [`${paint.gutter(String(line).padStart(margin))} ${bar} ${shown}`.trimEnd()];
  for (const { from, to, mark } of marks) {
    const first = Math.max(0, columnOf(from) - window.column + window.shift);
    const width = Math.max(1, Math.min(columnOf(to) - columnOf(from), WIDEST));
    const colour = mark.isMain ? paint.main : paint.other;
    const underline = (mark.isMain ? "^" : "-").repeat(width);
    rows.push(`${" ".repeat(margin)} ${bar} ${" ".repeat(first)}${colour(`${underline} ${mark.text}`.trimEnd())}`);
  }
  return rows;
}

/** A very long line is cut to a piece around the mark. */
function windowOf(text: string, columns: readonly number[], around: number): { text: string; column: number; shift: number } {
  if ((columns[text.length] ?? 0) <= WIDEST) return { text, column: 0, shift: 0 };
  const start = Math.max(0, around - Math.floor(WIDEST / 3));
  const cut = text.slice(start, start + WIDEST);
  return { text: `${start > 0 ? "…" : ""}${cut}…`, column: columns[start] ?? 0, shift: start > 0 ? 1 : 0 };
}

function same(text: string): string {
  return text;
}
