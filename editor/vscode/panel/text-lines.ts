/** Texts in a narrow place. Promises: no line is wider than asked, but for a single letter; no letter is lost. */
import type { Measure } from "./shape.ts";

/** Sentences of the service are Markdown: in a picture its quotes around code would be letters. */
export const unmarked = (text: string): string => text.replaceAll("`", "");

/** Broken between words, and within a word that is too wide. */
export function wrapped(text: string, width: number, measure: Measure): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/).filter((one) => one !== "")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (measure(longer) <= width) {
      line = longer;
      continue;
    }
    if (line !== "") lines.push(line);
    const pieces = broken(word, width, measure);
    lines.push(...pieces.slice(0, -1));
    line = pieces.at(-1) ?? "";
  }
  return line === "" && lines.length > 0 ? lines : [...lines, line];
}

function broken(word: string, width: number, measure: Measure): readonly string[] {
  const pieces: string[] = [];
  let piece = "";
  for (const letter of word) {
    if (piece !== "" && measure(piece + letter) > width) {
      pieces.push(piece);
      piece = "";
    }
    piece += letter;
  }
  return [...pieces, piece];
}
