/** The lists of a gateway in a process that serves: read before its doors open, told to the log, and read again by SIGHUP where nobody else heeds it. */
import type { NetworkList } from "../../../contract/network-lists.ts";
import type { Observer } from "../../../observe/observer.ts";
import type { ListPlaces } from "./list-place.ts";
import { listPlaces } from "./list-place.ts";
import { type ListState, type NetworkLists, networkLists } from "./network-lists.ts";
import type { ReadList } from "./list-reader.ts";
import { readBeforeDoors } from "./read-before-doors.ts";
import { readInThread } from "./read-in-thread.ts";

/** `thread`: the script of the thread that reads; `reader`: loads what reads in this process. */
export type ListScripts = { readonly thread: URL; readonly reader: () => Promise<{ readonly readList: ReadList }> };

export type OpenedLists = NetworkLists & {
  /** Resolves when each was tried once, or so much time has passed that the lists of the build must do for now. */
  readonly first: Promise<unknown>;
  /** The process listens. From now on the log and somebody else hear of them; of how they stand at once. `heedsSignal`: SIGHUP has them read now. */
  readonly observe: (happened: Observer["happened"], heedsSignal: boolean) => void;
};
export type OpenLists = (
  lists: readonly NetworkList[],
  around: { readonly place: string | undefined; readonly scripts: ListScripts; readonly tell: (event: object) => void },
) => { readonly ok: true; readonly lists: OpenedLists } | Extract<ListPlaces, { readonly ok: false }>;

/** Milliseconds. */
const longestFirst = 15_000;

/** `place`: of `LISTS`. */
export const openLists: OpenLists = (lists, { place, scripts, tell }) => {
  const places = listPlaces(place);
  if (!places.ok) return places;
  let happened: Observer["happened"] | undefined;
  // The first thing that a process says is where it listens.
  const held: object[] = [];
  const say = (event: object): void => (happened === undefined ? void held.push(event) : tell(event));
  const event = ({ problem, ...state }: ListState): void => happened?.({ kind: "list", ...state, hasFailed: problem !== undefined });
  const inThread = readInThread(scripts.thread);
  const first = readBeforeDoors(scripts.reader, inThread);
  const opened = networkLists(lists, {
    read: (question) => (happened === undefined ? first : inThread)(question),
    placeOf: places.placeOf,
    now: Date.now,
    chance: Math.random,
    later: (milliseconds, call) => {
      const timer = setTimeout(call, milliseconds).unref();
      return () => clearTimeout(timer);
    },
    onRead: (state, was) => {
      const time = new Date().toISOString();
      const { network, entries, problem } = state;
      if (problem !== undefined) say({ time, event: "list-refused", network, problem, entries });
      else if (was !== undefined) say({ time, event: "list-read", network, entries, was });
      event(state);
    },
  });
  const observed: OpenedLists["observe"] = (observer, heedsSignal) => {
    happened = observer;
    for (const event of held.splice(0)) tell(event);
    if (heedsSignal) process.on("SIGHUP", () => void opened.reload(false));
    for (const state of opened.states()) event(state);
  };
  return { ok: true, lists: { ...opened, first: Promise.race([opened.reload(false), patience()]), observe: observed } };
};

function patience(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, longestFirst).unref());
}
