/**
 * How wide a text stands on a terminal. Promises: columns of the usual monospace rendering: combining marks take none, East
 * Asian wide characters and emoji two, a tab goes to the next multiple of four. Knows nothing of findings.
 */
const TAB = 4;
const ZERO_WIDTH = /^[\p{Mn}\p{Me}\p{Cf}]$/u;
const WIDE =
  /^[\u{1100}-\u{115f}\u{2e80}-\u{303e}\u{3041}-\u{33ff}\u{3400}-\u{4dbf}\u{4e00}-\u{9fff}\u{a000}-\u{a4cf}\u{ac00}-\u{d7a3}\u{f900}-\u{faff}\u{fe30}-\u{fe6f}\u{ff00}-\u{ff60}\u{ffe0}-\u{ffe6}\u{1f300}-\u{1f64f}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]$/u;

/** Controls and what turns the direction of writing: on a terminal they would show something else than what is there. */
const UNSHOWN = /(?!\t)\p{Cc}|[\u202a-\u202e\u2066-\u2069]/gu;

/** `text` as it may be written to a terminal, whoever wrote it. */
export function harmless(text: string): string {
  return text.replace(UNSHOWN, "·");
}

/** `text` with tabs as spaces and control characters as `·`, and the column at which each of its UTF-16 units begins. */
export function layOut(text: string): { readonly shown: string; readonly columns: readonly number[] } {
  let shown = "";
  let column = 0;
  const columns: number[] = [];
  for (const character of text) {
    for (let unit = 0; unit < character.length; unit++) columns.push(column);
    if (character === "\t") {
      const width = TAB - (column % TAB);
      shown += " ".repeat(width);
      column += width;
    } else if (harmless(character) !== character) {
      shown += "·";
      column += 1;
    } else {
      shown += character;
      column += ZERO_WIDTH.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
    }
  }
  columns.push(column);
  return { shown, columns };
}
