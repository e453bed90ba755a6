/** Which of many parameter types can hold one segment, and which segment that would be. Each pair is worked out once. */
import type { Type } from "../../../model/types.ts";
import { commonText, type Language, type Overlap } from "./common-text.ts";
import { typeLanguage, withoutNewtype } from "./type-language.ts";

export type TypeOverlaps = {
  /** Types with one key hold the same texts. */
  readonly keyOf: (type: Type) => string;
  readonly between: (left: Type, right: Type) => Overlap;
  /** All pairs of places in `types` whose types may hold one text. The types' keys differ. */
  readonly pairsAmong: (types: readonly Type[]) => Iterable<readonly [left: number, right: number]>;
};

export function typeOverlaps(): TypeOverlaps {
  const languages = new Map<string, Language | undefined>();
  const overlaps = new Map<string, Overlap>();
  const keyOf = (type: Type): string => JSON.stringify(withoutNewtype(type));
  const languageOf = (type: Type): Language | undefined => {
    const key = keyOf(type);
    if (!languages.has(key)) languages.set(key, typeLanguage(type));
    return languages.get(key);
  };
  const between = (left: Type, right: Type): Overlap => {
    const key = `${keyOf(left)} ${keyOf(right)}`;
    const known = overlaps.get(key);
    if (known !== undefined) return known;
    const [mine, theirs] = [languageOf(left), languageOf(right)];
    const overlap: Overlap = mine && theirs ? commonText(mine, theirs) : { kind: "unknown" };
    overlaps.set(key, overlap);
    return overlap;
  };
  function* pairsAmong(types: readonly Type[]): Iterable<readonly [number, number]> {
    for (const [left, right] of candidates(types)) {
      const [mine, theirs] = [types[left], types[right]];
      if (mine && theirs && between(mine, theirs).kind !== "none") yield [left, right];
    }
  }
  return { keyOf, between, pairsAmong };
}

type Interval = { readonly low: number; readonly high: number; readonly at: number; readonly isText: boolean };

/** Pairs that numbers and literals alone do not tell apart: a sweep for these, everything against the other types. */
function* candidates(types: readonly Type[]): Iterable<readonly [number, number]> {
  const intervals: Interval[] = [];
  const holders = new Map<string, number[]>();
  const open: number[] = [];
  types.forEach((type, at) => {
    const plain = withoutNewtype(type);
    if (plain.kind === "int") {
      intervals.push({ low: plain.min ?? Number.MIN_SAFE_INTEGER, high: plain.max ?? Number.MAX_SAFE_INTEGER, at, isText: false });
    } else if (plain.kind === "literals") {
      for (const value of plain.values) {
        holders.set(String(value), [...(holders.get(String(value)) ?? []), at]);
        if (Number.isSafeInteger(Number(value))) intervals.push({ low: Number(value), high: Number(value), at, isText: true });
      }
    } else open.push(at);
  });
  yield* sharedIntervals(intervals);
  for (const places of holders.values()) yield* pairsOf(places, places);
  yield* pairsOf(open, [...types.keys()]);
}

function* sharedIntervals(intervals: readonly Interval[]): Iterable<readonly [number, number]> {
  let active: Interval[] = [];
  for (const interval of intervals.toSorted((a, b) => a.low - b.low)) {
    active = active.filter((before) => before.high >= interval.low);
    for (const before of active) if (!(before.isText && interval.isText)) yield [before.at, interval.at];
    active.push(interval);
  }
}

/** Each pair once, whichever side it comes from. */
function* pairsOf(some: readonly number[], all: readonly number[]): Iterable<readonly [number, number]> {
  const mine = new Set(some);
  for (const left of some) for (const right of all) if (left !== right && (left < right || !mine.has(right))) yield [left, right];
}
