/**
 * Watches over the processes that serve, and exchanges them for those of another bundle. Promises: one exchange at a time; a bundle that does not start
 * changes nothing; those that serve go only when those that follow are listening.
 */
import type { BundleStore, KeptBundle } from "./bundle-store.ts";
import type { SwapAnswer } from "./admin-door.ts";
import { type Generation, openGeneration, type Surroundings } from "./generation.ts";
import type { WorkerMessage } from "./messages.ts";

export type Supervisor = {
  /** Undefined once it serves; else why it does not, and with what to end. */
  readonly start: (folder: string) => Promise<{ readonly problems: readonly string[]; readonly code: number } | undefined>;
  readonly told: () => WorkerMessage | undefined;
  readonly swap: (folder: string) => Promise<SwapAnswer>;
  readonly version: () => object;
  readonly stop: () => Promise<void>;
  readonly killAll: () => void;
};

const badConfiguration = 78;
/** Generations that may still end their calls; the oldest of more is asked to hurry. */
const mostRetired = 4;
/** Milliseconds. */
const longestRetirement = 10 * 60_000;

export function supervisorOf(store: BundleStore, workers: number, surroundings: Surroundings): Supervisor {
  let current: Generation | undefined;
  let isStopping = false;
  let last: Promise<unknown> = Promise.resolve();
  const retired = new Set<Generation>();
  const begin = (generation: Generation): void => {
    const before = current;
    current = generation;
    if (before !== undefined) retire(before, retired);
    store.keep(generation.bundle, new Set([...retired].map(({ bundle }) => bundle.artefact)));
  };
  const exchange = async (folder: string): Promise<SwapAnswer> => {
    if (isStopping) return { swapped: false, problems: ["the gateway is stopping"] };
    const was = current?.bundle.artefact;
    const taken = store.take(folder);
    if (!taken.ok) return { swapped: false, problems: [taken.problem] };
    const { bundle } = taken;
    if (bundle.artefact === was) return { swapped: false, artefact: was };
    const opened = await openGeneration(bundle, workers, surroundings);
    if (!opened.ok) return { swapped: false, problems: opened.problems };
    if (isStopping) {
      await opened.generation.stop();
      return { swapped: false, problems: ["the gateway is stopping"] };
    }
    begin(opened.generation);
    return { swapped: true, artefact: bundle.artefact };
  };
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
      return undefined;
    },
    told: () => current?.told,
    swap: (folder) => {
      const next = last.then(() => swap(folder));
      last = next;
      return next;
    },
    version: () => versionOf(current, retired),
    stop: async () => {
      isStopping = true;
      await last;
      await Promise.all([current, ...retired].map((generation) => generation?.stop()));
    },
    killAll: () => {
      for (const generation of [current, ...retired]) generation?.killAll();
    },
  };
}

type First = { readonly ok: true; readonly generation: Generation } | { readonly ok: false; readonly problems: readonly string[]; readonly code: number };

/** Of the bundle that was asked for or, where that does not start, of the last that did. */
async function openFirst(store: BundleStore, folder: string, workers: number, surroundings: Surroundings): Promise<First> {
  const taken = store.take(folder);
  const opened = taken.ok
    ? await openGeneration(taken.bundle, workers, surroundings)
    : { ok: false as const, problems: [taken.problem], code: badConfiguration };
  const good: KeptBundle | undefined = opened.ok ? undefined : store.lastGood();
  if (opened.ok || good === undefined || (taken.ok && good.artefact === taken.bundle.artefact)) return opened;
  const again = await openGeneration(good, workers, surroundings);
  if (!again.ok) return opened;
  surroundings.tell({ event: "swap-refused", problems: opened.problems, serving: good.artefact });
  return again;
}

function retire(generation: Generation, retired: Set<Generation>): void {
  retired.add(generation);
  const timer = setTimeout(() => void generation.stop(), longestRetirement);
  void generation.ended.then(() => {
    clearTimeout(timer);
    retired.delete(generation);
  });
  generation.retire();
  if (retired.size <= mostRetired) return;
  for (const oldest of retired) {
    void oldest.stop();
    return;
  }
}

function versionOf(current: Generation | undefined, retired: ReadonlySet<Generation>): object {
  const generations = current === undefined ? [...retired] : [current, ...retired];
  const workers = generations.flatMap((generation) => generation.workers());
  return {
    gateway: current?.told.gateway,
    artefact: current?.bundle.artefact,
    workers: workers.map(({ pid, artefact, state, since }) => ({ pid, artefact, state, since: new Date(since).toISOString() })),
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
