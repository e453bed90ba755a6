/** Sets of Unicode code points as ascending, separate ranges, both ends included. Knows nothing of patterns. */

export type CodePoints = readonly (readonly [first: number, last: number])[];

const LAST = 0x10ffff;

export const ANY_CODE_POINT: CodePoints = [[0, LAST]];

export function codePoints(ranges: CodePoints): CodePoints {
  const ordered = [...ranges].sort((a, b) => a[0] - b[0]);
  const merged: [number, number][] = [];
  for (const [first, last] of ordered) {
    const before = merged.at(-1);
    if (before !== undefined && first <= before[1] + 1) before[1] = Math.max(before[1], last);
    else merged.push([first, last]);
  }
  return merged;
}

export function oneOf(text: string): CodePoints {
  return codePoints([...text].map((character) => [character.codePointAt(0) ?? 0, character.codePointAt(0) ?? 0] as const));
}

export function complement(set: CodePoints): CodePoints {
  const gaps: [number, number][] = [];
  let next = 0;
  for (const [first, last] of set) {
    if (first > next) gaps.push([next, first - 1]);
    next = last + 1;
  }
  if (next <= LAST) gaps.push([next, LAST]);
  return gaps;
}

export function common(left: CodePoints, right: CodePoints): CodePoints {
  const both: [number, number][] = [];
  let at = 0;
  for (const [first, last] of left) {
    while (at < right.length && (right[at]?.[1] ?? 0) < first) at++;
    for (let next = at; next < right.length; next++) {
      const [start, end] = right[next] ?? [0, -1];
      if (start > last) break;
      both.push([Math.max(first, start), Math.min(last, end)]);
    }
  }
  return both;
}

/** All code points that `test` holds for. Asks each once: only for what no table here says, such as `\p{L}`. */
export function codePointsWhere(test: (character: string) => boolean): CodePoints {
  const found: [number, number][] = [];
  for (let point = 0; point <= LAST; point++) {
    if (!test(String.fromCodePoint(point))) continue;
    const before = found.at(-1);
    if (before !== undefined && before[1] === point - 1) before[1] = point;
    else found.push([point, point]);
  }
  return found;
}
