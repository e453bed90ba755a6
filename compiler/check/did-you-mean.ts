/**
 * The known name that a misspelt one most likely means. Promises: deterministic, and no suggestion where none is close. Knows no kinds of names.
 */

import { editDistance } from "../model/edit-distance.ts";

/** Above this many names only those that begin alike are looked at: each finding of a large program asks. */
const MANY = 1000;

/** The closest of `known` to `written` in edits (a swap of neighbours is one), ties by the alphabet; undefined where all are far. */
export function didYouMean(written: string, known: Iterable<string>): string | undefined {
  const wanted = written.toLowerCase();
  const limit = Math.max(1, Math.floor(wanted.length / 3));
  const similar = [...known].filter((name) => name !== written && Math.abs(name.length - written.length) <= limit);
  let best: { readonly name: string; readonly distance: number } | undefined;
  for (const name of similar) {
    if (similar.length > MANY && name[0]?.toLowerCase() !== wanted[0]) continue;
    const distance = editDistance(wanted, name.toLowerCase(), limit);
    if (distance > limit) continue;
    if (best === undefined || distance < best.distance || (distance === best.distance && name < best.name)) best = { name, distance };
  }
  return best?.name;
}
