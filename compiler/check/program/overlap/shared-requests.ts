/** Which entries have types that overlap at every place. Works place by place, so entries that differ early are never compared. */
import type { Type } from "../../../model/types.ts";
import type { TypeOverlaps } from "./type-overlap.ts";

/** Entries that are compared have equally many types. */
export type Entry<Of> = { readonly of: Of; readonly types: readonly Type[] };

const MOST_PAIRS = 1_000;

/**
 * Pairs whose types overlap at every place; each entry that is in such a pair is in one given here, as long as these are fewer
 * than `MOST_PAIRS`.
 */
export function* sharedRequests<Of>(entries: readonly Entry<Of>[], overlaps: TypeOverlaps): Iterable<readonly [Of, Of]> {
  let left = MOST_PAIRS;
  for (const pair of within(entries, 0, overlaps)) {
    if (left-- === 0) return;
    yield pair;
  }
}

function* within<Of>(entries: readonly Entry<Of>[], place: number, overlaps: TypeOverlaps): Iterable<readonly [Of, Of]> {
  if (entries.length < 2) return;
  const buckets = bucketsAt(entries, place, overlaps);
  if (buckets === undefined) {
    yield* across(entries.slice(0, 1), entries.slice(1), place, overlaps);
    return;
  }
  for (const { type, entries: alike } of buckets) {
    if (alike.length > 1 && overlaps.between(type, type).kind !== "none") yield* within(alike, place + 1, overlaps);
  }
  for (const [left, right] of overlaps.pairsAmong(buckets.map((bucket) => bucket.type))) {
    yield* across(buckets[left]?.entries ?? [], buckets[right]?.entries ?? [], place + 1, overlaps);
  }
}

function* across<Of>(
  left: readonly Entry<Of>[],
  right: readonly Entry<Of>[],
  place: number,
  overlaps: TypeOverlaps,
): Iterable<readonly [Of, Of]> {
  const mine = bucketsAt(left, place, overlaps);
  const theirs = bucketsAt(right, place, overlaps);
  if (mine === undefined || theirs === undefined) {
    for (const entry of left) for (const other of right) yield [entry.of, other.of];
    return;
  }
  for (const bucket of mine) {
    for (const other of theirs) {
      if (overlaps.between(bucket.type, other.type).kind !== "none") {
        yield* across(bucket.entries, other.entries, place + 1, overlaps);
      }
    }
  }
}

type Bucket<Of> = { readonly type: Type; readonly entries: readonly Entry<Of>[] };

/** The entries by their type at `place`; undefined behind the last place. */
function bucketsAt<Of>(entries: readonly Entry<Of>[], place: number, overlaps: TypeOverlaps): readonly Bucket<Of>[] | undefined {
  const groups = Map.groupBy(entries, (entry) => {
    const type = entry.types[place];
    return type === undefined ? undefined : overlaps.keyOf(type);
  });
  const buckets: Bucket<Of>[] = [];
  for (const [key, members] of groups) {
    const type = members[0]?.types[place];
    if (key === undefined || type === undefined) return undefined;
    buckets.push({ type, entries: members });
  }
  return buckets;
}
