/**
 * Answers kept in this process. Promises: their bytes stay below a bound, those that were not asked for the longest go first, and what was asked of
 * the backend before a change is not kept after it.
 */
import type { StoredAnswer } from "../../../cache/stored-answer.ts";
import { type KeptTally, keptTally } from "./kept-tally.ts";
import type { Found, Keep, KeptAnswers, Wanted } from "./kept-answers.ts";

/** All that is kept under one key: an answer for each text of the fields by which they differ. */
type Shelf = {
  readonly place: string;
  readonly route: string;
  names: readonly string[];
  readonly answers: Map<string, StoredAnswer>;
  bytes: number;
};

/** Answers to one request that differ by further fields. */
const mostVariants = 32;
/** Places and keys of which it is remembered when they were changed. */
const mostChanges = 10_000;
/** What an entry takes beside its texts and body. */
const overhead = 600;

export type MemoryAnswers = KeptAnswers & {
  /** Nothing that is kept under the key, or on its way there, is given again. */
  readonly forget: (key: string) => void;
} & Pick<KeptTally, "bytes" | "changed">;

export function memoryAnswers(mostBytes: number): MemoryAnswers {
  const tally = keptTally();
  const shelves = openShelves(tally);
  const changes = changeTurns();
  return {
    bytes: tally.bytes,
    changed: tally.changed,
    find: ({ key, variant }: Wanted): Found => {
      const shelf = shelves.all.get(key);
      if (shelf === undefined) return { names: undefined, since: changes.now() };
      shelves.putLast(key, shelf);
      const stored = shelf.answers.get(variant(shelf.names));
      return { names: shelf.names, since: changes.now(), ...(stored === undefined ? {} : { stored }) };
    },
    keep: (answer) => {
      const { key, place, variant, stored, since } = answer;
      const size = sizeOf(stored, variant);
      if (size > mostBytes || changes.isChanged(place, Number(since)) || changes.isChanged(key, Number(since))) return;
      const shelf = shelves.shelfFor(answer);
      shelves.take(shelf, variant);
      shrink(
        shelf.answers,
        () => shelf.answers.size < mostVariants,
        (oldest) => tally.went(shelf.route, "evicted", shelves.take(shelf, oldest)),
      );
      shelf.answers.set(variant, stored);
      shelf.bytes += size;
      tally.add(shelf.route, size, 1);
      shelves.putLast(key, shelf);
      shrink(
        shelves.all,
        () => tally.bytes() <= mostBytes,
        (oldest) => shelves.remove(oldest, "evicted"),
      );
    },
    forget: (key) => {
      changes.note(key);
      shelves.remove(key, "dropped");
    },
    drop: (place) => {
      changes.note(place);
      for (const key of shelves.at(place)) shelves.remove(key, "dropped");
    },
  };
}

type Shelves = {
  /** The one that was asked for last is last. */
  readonly all: ReadonlyMap<string, Shelf>;
  readonly putLast: (key: string, shelf: Shelf) => void;
  /** Empty where there was none, or one of other names. */
  readonly shelfFor: (answer: Keep) => Shelf;
  readonly at: (place: string) => readonly string[];
  readonly remove: (key: string, why?: "evicted" | "dropped") => void;
  /** Gives how many answers went. */
  readonly take: (shelf: Shelf, variant: string) => number;
};

function openShelves(tally: KeptTally): Shelves {
  const all = new Map<string, Shelf>();
  const places = new Map<string, Set<string>>();
  const remove: Shelves["remove"] = (key, why) => {
    const shelf = all.get(key);
    if (shelf === undefined) return;
    all.delete(key);
    tally.add(shelf.route, -shelf.bytes, -shelf.answers.size);
    if (why !== undefined) tally.went(shelf.route, why, shelf.answers.size);
    const around = places.get(shelf.place);
    around?.delete(key);
    if (around?.size === 0) places.delete(shelf.place);
  };
  return {
    all,
    remove,
    putLast: (key, shelf) => {
      all.delete(key);
      all.set(key, shelf);
    },
    shelfFor: ({ key, place, route, names }) => {
      const known = all.get(key);
      if (known !== undefined && same(known.names, names)) return known;
      remove(key);
      const around = places.get(place) ?? new Set();
      places.set(place, around.add(key));
      return { place, route, names, answers: new Map(), bytes: 0 };
    },
    at: (place) => Array.from(places.get(place) ?? []),
    take: (shelf, variant) => {
      if (!shelf.answers.has(variant)) return 0;
      tally.add(shelf.route, -takenFrom(shelf, variant), -1);
      return 1;
    },
  };
}

/** Gives the bytes that are free then. */
function takenFrom(shelf: Shelf, variant: string): number {
  const known = shelf.answers.get(variant);
  if (known === undefined) return 0;
  const size = sizeOf(known, variant);
  shelf.answers.delete(variant);
  shelf.bytes -= size;
  return size;
}

/** The oldest go first. */
function shrink(all: ReadonlyMap<string, unknown>, isEnough: () => boolean, remove: (key: string) => void): void {
  for (const oldest of all.keys()) {
    if (isEnough()) return;
    remove(oldest);
  }
}

/** When places and keys were changed, counted in changes. Of one that is forgotten it is assumed that it was changed when the last one was that is forgotten. */
function changeTurns(): {
  readonly now: () => number;
  readonly note: (place: string) => void;
  readonly isChanged: (place: string, since: number) => boolean;
} {
  const turns = new Map<string, number>();
  let turn = 0;
  let forgotten = 0;
  return {
    now: () => turn,
    isChanged: (place, since) => (turns.get(place) ?? forgotten) > since,
    note: (place) => {
      turn++;
      turns.delete(place);
      turns.set(place, turn);
      const forget = (oldest: string): void => {
        forgotten = Math.max(forgotten, turns.get(oldest) ?? 0);
        turns.delete(oldest);
      };
      shrink(turns, () => turns.size <= mostChanges, forget);
    },
  };
}

function sizeOf({ fields, body }: StoredAnswer, variant: string): number {
  return fields.reduce((sum, [name, value]) => sum + name.length + value.length + 32, overhead + 2 * variant.length) + body.byteLength;
}

function same(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((name, at) => name === right[at]);
}
