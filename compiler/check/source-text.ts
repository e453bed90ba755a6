/** Source text for messages and labels. */
import type { Span } from "../../grammar/source/span.ts";
import type { Loaded } from "../load/loaded.ts";

/** The text of a span on one line, white space folded, at most `limit` characters long. */
export function sourceText(loaded: Loaded): (span: Span, limit?: number) => string {
  const texts = new Map(loaded.files.map(({ file, source }) => [file, source.text]));
  return (span, limit = 120) => {
    // What is cut off below is not folded first: a span may be a whole file.
    const text = texts.get(span.file)?.slice(span.start, Math.min(span.end, span.start + 8 * limit)) ?? "";
    const folded = text.replace(/\s+/g, " ").trim();
    const characters = [...folded];
    return characters.length <= limit ? folded : `${characters.slice(0, limit - 3).join("")}...`;
  };
}
