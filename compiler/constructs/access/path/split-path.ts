/** The text of a path cut at its slashes, those inside braces aside. Knows no types and no canonical form. */

/** `start` counts code units from the start of the text. */
export type RawSegment = { readonly text: string; readonly start: number };

/** The segments behind the first slash; none for `/` alone. A text before the first slash is a segment with start 0. */
export function splitPath(path: string): readonly RawSegment[] {
  const segments: RawSegment[] = [];
  let start = path.startsWith("/") ? 1 : 0;
  let depth = 0;
  for (let at = start; at <= path.length; at++) {
    const character = path[at];
    if (character === "{") depth++;
    else if (character === "}") depth--;
    if (at < path.length && (character !== "/" || depth > 0)) continue;
    segments.push({ text: path.slice(start, at), start });
    start = at + 1;
  }
  return path === "/" ? [] : segments;
}
