/** The edits that make one text of another, line by line. Promises: equal lines stay, so that cursors and folds do; edits are in order and do not touch. */
import type { Edit } from "./answers.ts";

/** Lines on both sides up to which all ways are compared; beyond, what differs is replaced as one. */
const MOST = 2000;

export function lineEdits(path: string, old: string, fresh: string): readonly Edit[] {
  if (old === fresh) return [];
  const [a, b] = [linesOf(old), linesOf(fresh)];
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  const [left, right] = [a.slice(head, a.length - tail), b.slice(head, b.length - tail)];
  const start = lengthOf(a.slice(0, head));
  if (left.length > MOST || right.length > MOST) return [{ path, start, end: start + lengthOf(left), text: right.join("") }];
  return hunks(path, left, right, start);
}

/** With their ends. */
const linesOf = (text: string): readonly string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
const lengthOf = (lines: readonly string[]): number => lines.reduce((sum, line) => sum + line.length, 0);

function hunks(path: string, a: readonly string[], b: readonly string[], start: number): readonly Edit[] {
  const lengths = commonLengths(a, b);
  const length = (i: number, j: number): number => lengths[i]?.[j] ?? 0;
  const edits: Edit[] = [];
  let offset = start;
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      offset += a[i]?.length ?? 0;
      i++;
      j++;
      continue;
    }
    const from = offset;
    const [removed, added]: [string[], string[]] = [[], []];
    while ((i < a.length || j < b.length) && !(i < a.length && j < b.length && a[i] === b[j])) {
      if (j >= b.length || (i < a.length && length(i + 1, j) >= length(i, j + 1))) removed.push(a[i++] ?? "");
      else added.push(b[j++] ?? "");
    }
    offset += lengthOf(removed);
    edits.push(...replaced(path, from, removed, added));
  }
  return edits;
}

/** As many lines as before are changed one by one, so that a part of them can be chosen. */
function replaced(path: string, from: number, removed: readonly string[], added: readonly string[]): readonly Edit[] {
  if (removed.length !== added.length) return [{ path, start: from, end: from + lengthOf(removed), text: added.join("") }];
  let start = from;
  return removed.map((line, at) => {
    const edit = { path, start, end: start + line.length, text: added[at] ?? "" };
    start = edit.end;
    return edit;
  });
}

/** Lengths of the longest common rows of lines from each pair of places on. */
function commonLengths(a: readonly string[], b: readonly string[]): readonly Uint16Array[] {
  const rows = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    const [row, below] = [rows[i], rows[i + 1]];
    if (row === undefined || below === undefined) continue;
    for (let j = b.length - 1; j >= 0; j--) {
      row[j] = a[i] === b[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return rows;
}
