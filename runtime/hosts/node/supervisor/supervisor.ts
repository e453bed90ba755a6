/**
 * Watches over the processes that serve, and exchanges them for those of another bundle. Promises: one exchange at a time; a bundle that does not start
 * changes nothing; those that serve go only when those that follow are listening.
 */
import type { BundleStore, KeptBundle, Taken } from "./bundle-store.ts";
import type { SwapAnswer, WorkerLists } from "./admin-door.ts";
import { type Generation, openGeneration, type Surroundings } from "./generation.ts";
import type { ListState } from "../lists/network-lists.ts";
import type { Listening } from "./messages.ts";
import type { WorkerProcess } from "./worker-process.ts";

export type Supervisor = {
  /** Undefined once it serves; else why it does not, and with what to end. */
  readonly start: (folder: string) => Promise<{ readonly problems: readonly string[]; readonly code: number } | undefined>;
  readonly swap: (folder: string) => Promise<SwapAnswer>;
  readonly version: () => object;
  /** All workers that serve read their lists. */
  readonly readLists: (anySize: boolean) => Promise<readonly WorkerLists[]>;
  readonly stop: () => Promise<void>;
  readonly killAll: () => void;
};

const badConfiguration = 78;
/** Generations that may still end their calls; the oldest of more is asked to hurry. */
const mostRetired = 4;
/** Milliseconds. */
const longestRetirement = 10 * 60_000;

/** `onListening` is called once, when the first bundle serves. */
export function supervisorOf(
  store: BundleStore,
  workers: number,
  surroundings: Surroundings,
  onListening: (told: Listening) => void,
): Supervisor {
  let current: Generation | undefined;
  let isStopping = false;
  let last: Promise<unknown> = Promise.resolve();
  const retired = new Set<Generation>();
  const generations = (): readonly Generation[] => (current === undefined ? [...retired] : [current, ...retired]);
  const begin = (generation: Generation): void => {
    const before = current;
    current = generation;
    if (before !== undefined) retire(before, retired);
    store.keep(generation.bundle, new Set([...retired].map(({ bundle }) => bundle.artefact)));
  };
  const exchange = async (folder: string): Promise<SwapAnswer> =>
    exchanged(store.take(folder), current?.bundle.artefact, {
      open: (bundle) => openGeneration(bundle, workers, surroundings),
      begin,
      isStopping: () => isStopping,
    });
  const swap = async (folder: string): Promise<SwapAnswer> => {
    const was = current?.bundle.artefact;
    const answer = await exchange(folder).catch((error: unknown): SwapAnswer => ({ swapped: false, problems: [messageOf(error)] }));
    if (answer.swapped) surroundings.tell({ event: "swapped", artefact: answer.artefact, was });
    else if (answer.problems !== undefined) surroundings.tell({ event: "swap-refused", problems: answer.problems, serving: was });
    return answer;
  };
  return {
    start: async (folder) => {
      const opened = await openFirst(store, folder, workers, surroundings);
      if (!opened.ok) return opened;
      begin(opened.generation);
      onListening(opened.generation.told);
      const serving = opened.generation.bundle.artefact;
      if (opened.refused !== undefined) surroundings.tell({ event: "swap-refused", problems: opened.refused, serving });
      return undefined;
    },
    swap: (folder) => {
      const next = last.then(() => swap(folder));
      last = next;
      return next;
    },
    version: () => versionOf(current, generations()),
    readLists: (anySize) => listsOf(current?.workers() ?? [], anySize),
    stop: async () => {
      isStopping = true;
      await last;
      await Promise.all(generations().map((generation) => generation.stop()));
    },
    killAll: () => {
      for (const generation of generations()) generation.killAll();
    },
  };
}

type Exchange = {
  readonly open: (bundle: KeptBundle) => ReturnType<typeof openGeneration>;
  readonly begin: (generation: Generation) => void;
  readonly isStopping: () => boolean;
};

/** `was`: the artefact that serves. */
async function exchanged(taken: Taken, was: string | undefined, { open, begin, isStopping }: Exchange): Promise<SwapAnswer> {
  const stopping: SwapAnswer = { swapped: false, problems: ["the gateway is stopping"] };
  if (isStopping()) return stopping;
  if (!taken.ok) return { swapped: false, problems: [taken.problem] };
  const { artefact } = taken.bundle;
  if (artefact === was) return { swapped: false, artefact };
  const opened = await open(taken.bundle);
  if (!opened.ok) return { swapped: false, problems: opened.problems };
  if (isStopping()) {
    await opened.generation.stop();
    return stopping;
  }
  begin(opened.generation);
  return { swapped: true, artefact };
}

type First =
  /** `refused`: why it is not the bundle that was asked for. */
  | { readonly ok: true; readonly generation: Generation; readonly refused?: readonly string[] }
  | { readonly ok: false; readonly problems: readonly string[]; readonly code: number };

/** Of the bundle that was asked for or, where that does not start, of the last that did. */
async function openFirst(store: BundleStore, folder: string, workers: number, surroundings: Surroundings): Promise<First> {
  const taken = store.take(folder);
  const opened = taken.ok
    ? await openGeneration(taken.bundle, workers, surroundings)
    : { ok: false as const, problems: [taken.problem], code: badConfiguration };
  const good: KeptBundle | undefined = opened.ok ? undefined : store.lastGood();
  if (opened.ok || good === undefined || (taken.ok && good.artefact === taken.bundle.artefact)) return opened;
  const again = await openGeneration(good, workers, surroundings);
  return again.ok ? { ...again, refused: opened.problems } : opened;
}

function retire(generation: Generation, retired: Set<Generation>): void {
  retired.add(generation);
  const timer = setTimeout(() => void generation.stop(), longestRetirement);
  void gone(generation, retired, timer);
  generation.retire();
  if (retired.size <= mostRetired) return;
  for (const oldest of retired) {
    void oldest.stop();
    return;
  }
}

async function gone(generation: Generation, retired: Set<Generation>, timer: NodeJS.Timeout): Promise<void> {
  await generation.ended;
  clearTimeout(timer);
  retired.delete(generation);
}

function versionOf(current: Generation | undefined, generations: readonly Generation[]): object {
  const workers = generations.flatMap((generation) => generation.workers());
  return {
    gateway: current?.told.gateway,
    artefact: current?.bundle.artefact,
    workers: workers.map(({ pid, artefact, state, since }) => ({ pid, artefact, state, since: new Date(since).toISOString() })),
  };
}

function listsOf(workers: readonly WorkerProcess[], anySize: boolean): Promise<readonly WorkerLists[]> {
  return Promise.all(
    workers.map(async ({ pid, readLists }) => {
      const lists = await readLists(anySize);
      return lists === undefined ? { pid, problem: "it gave no answer" } : { pid, lists: lists.map(toldList) };
    }),
  );
}

function toldList({ readAt, ...state }: ListState): ListState & { readonly read?: string } {
  return readAt === undefined ? state : { ...state, read: new Date(readAt).toISOString() };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
