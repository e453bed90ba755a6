/**
 * The lists of a gateway that are read again, each at its interval. Promises: what is in use was read whole and well, and stays in use until something
 * better came; one reading at a time; a list takes the place of the one before it at one moment, for all requests that come later.
 */
import type { AddressBounds, NetworkList, ReloadedNetworks } from "../../../contract/network-lists.ts";
import { judgeReading } from "./judge-reading.ts";
import type { ListPlace } from "./list-place.ts";
import type { ListVersion, ReadList } from "./list-reader.ts";

/** What is to be known of a list. */
export type ListState = {
  readonly network: string;
  /** In use. */
  readonly entries: number;
  /** Milliseconds since 1970: when the list in use was last found to be the one that there is; absent: never since the start, it is that of the build. */
  readonly readAt?: number;
  /** Why the last reading changed nothing, though it should have. */
  readonly problem?: string;
};
export type NetworkLists = {
  /** The `networks` of a `World`. */
  readonly networks: () => ReloadedNetworks;
  readonly states: () => readonly ListState[];
  /** Reads all of them now. `anySize`: also those that have lost many entries. */
  readonly reload: (anySize: boolean) => Promise<readonly ListState[]>;
  readonly close: () => void;
};
export type ListSurroundings = {
  readonly read: ReadList;
  readonly placeOf: (path: string) => ListPlace;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** From 0 to 1. */
  readonly chance: () => number;
  /** Calls it once, so many milliseconds later; gives what prevents that. */
  readonly later: (milliseconds: number, call: () => void) => () => void;
  /** After each reading. `was`: entries of the list before, where another one came. */
  readonly onRead: (state: ListState, was: number | undefined) => void;
};

/** Milliseconds: who waits for hours need not wait for hours to try again. */
const afterFailure = 5 * 60_000;

type Kept = {
  readonly list: NetworkList;
  state: ListState;
  version: ListVersion | undefined;
};

export function networkLists(lists: readonly NetworkList[], surroundings: ListSurroundings): NetworkLists {
  const { read: readList, placeOf, now, chance, later, onRead } = surroundings;
  const all = lists.map((list): Kept => ({ list, state: { network: list.name, entries: list.entries }, version: undefined }));
  const waits = new Map<Kept, () => void>();
  let networks: ReadonlyMap<string, AddressBounds> = new Map();
  let isClosed = false;
  let last: Promise<unknown> = Promise.resolve();

  const attempt = async (kept: Kept, anySize: boolean): Promise<void> => {
    const { list, version, state } = kept;
    const question = { place: placeOf(list.path), ...(list.where && { where: list.where }), ...(version && { known: version }) };
    const judged = judgeReading(list, state.entries, await readList(question), anySize);
    const { network, entries } = state;
    if (judged.kind === "refused") kept.state = { ...state, problem: judged.why };
    else if (judged.kind === "same") kept.state = { network, entries, readAt: now() };
    else {
      kept.state = { network, entries: judged.read.entries, readAt: now() };
      kept.version = judged.read.version;
      networks = new Map(networks).set(list.name, judged.read.bounds);
    }
    onRead(kept.state, judged.kind === "new" ? entries : undefined);
  };
  const wait = (kept: Kept): void => {
    waits.get(kept)?.();
    if (isClosed) return;
    const { every } = kept.list;
    const interval = kept.state.problem === undefined ? every : Math.min(every, afterFailure);
    // Many processes that began together shall not ask together for ever.
    waits.set(
      kept,
      later(interval * (0.9 + 0.2 * chance()), () => void turn(kept, false)),
    );
  };
  const turn = (kept: Kept, anySize: boolean): Promise<void> => {
    const read = async (before: Promise<unknown>): Promise<void> => {
      await before;
      if (isClosed) return;
      await attempt(kept, anySize);
      wait(kept);
    };
    const next = read(last);
    last = next.catch(() => {});
    return next;
  };
  const states = (): readonly ListState[] => all.map(({ state }) => state);
  return {
    networks: () => networks,
    states,
    reload: async (anySize) => {
      await Promise.all(all.map((kept) => turn(kept, anySize)));
      return states();
    },
    close: () => {
      isClosed = true;
      for (const stop of waits.values()) stop();
    },
  };
}
