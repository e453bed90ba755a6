/**
 * The shortest text that two languages share, found by walking their automata together. Promises: `none` is a proof.
 * Only texts that one segment of a path can carry count (D20): not empty, no dot segment, no controls, `/` or `\`.
 */
import type { Automaton, Move } from "./automaton.ts";
import { codePoints, common, complement, oneOf, type CodePoints } from "./code-points.ts";

/** Sizes in code points. */
export type Language = { readonly automaton: Automaton; readonly shortest: number; readonly longest: number };
export type Overlap = { readonly kind: "text"; readonly text: string } | { readonly kind: "none" } | { readonly kind: "unknown" };

type Place = { readonly left: number; readonly right: number; readonly text: string };

const MOST_PLACES = 100_000;

const CARRIED: CodePoints = complement(codePoints([[0, 31], [127, 127], [0xd800, 0xdfff], ...oneOf("/\\")]));
/** What reads best in an example comes first. */
const PREFERRED: readonly CodePoints[] = [[[48, 57]], [[97, 122]], [[65, 90]], oneOf("-_~")];

export function commonText(left: Language, right: Language): Overlap {
  const shortest = Math.max(1, left.shortest, right.shortest);
  const longest = Math.min(left.longest, right.longest);
  const seen = new Set<string>();
  let places: Place[] = [{ left: left.automaton.start, right: right.automaton.start, text: "" }];
  for (let size = 0; size <= longest && places.length > 0; size++) {
    const found = size >= shortest ? places.find((place) => ends(left.automaton, right.automaton, place)) : undefined;
    if (found !== undefined) return { kind: "text", text: found.text };
    const next: Place[] = [];
    for (const place of places) {
      for (const step of stepsFrom(left.automaton, right.automaton, place)) {
        const key = `${step.left} ${step.right} ${Math.min(size + 1, shortest)} ${isDots(step.text) ? step.text : ""}`;
        if (seen.has(key)) continue;
        if (seen.size >= MOST_PLACES) return { kind: "unknown" };
        seen.add(key);
        next.push(step);
      }
    }
    places = next;
  }
  return { kind: "none" };
}

function ends(left: Automaton, right: Automaton, place: Place): boolean {
  const isFirst = place.text === "";
  return !isDots(place.text) && left.mayEnd(place.left, isFirst) && right.mayEnd(place.right, isFirst);
}

function* stepsFrom(left: Automaton, right: Automaton, place: Place): Iterable<Place> {
  const isFirst = place.text === "";
  for (const mine of left.movesFrom(place.left, isFirst)) {
    for (const theirs of right.movesFrom(place.right, isFirst)) {
      const character = sharedCharacter(mine, theirs);
      if (character !== undefined) yield { left: mine.to, right: theirs.to, text: place.text + character };
    }
  }
}

function sharedCharacter(mine: Move, theirs: Move): string | undefined {
  const shared = common(common(mine.set, theirs.set), CARRIED);
  const [first] = PREFERRED.map((preferred) => common(shared, preferred)).find((some) => some.length > 0) ?? shared;
  return first === undefined ? undefined : String.fromCodePoint(first[0]);
}

function isDots(text: string): boolean {
  return text === "." || text === "..";
}
