/**
 * The workers that serve one bundle. Promises as many as were asked for: one that dies is replaced, at once the first time and ever later if its successors
 * die as well; and none once the generation has been asked to go.
 */
import type { KeptBundle } from "./bundle-store.ts";
import type { Listening } from "./messages.ts";
import { type Outputs, startWorker, type WorkerProcess, type WorkerStart } from "./worker-process.ts";

export type Generation = {
  readonly bundle: KeptBundle;
  /** What its first worker told. */
  readonly told: Listening;
  readonly workers: () => readonly WorkerProcess[];
  /** Takes no more connections; ends by itself. */
  readonly retire: () => void;
  /** Resolves when all workers are gone. */
  readonly stop: () => Promise<void>;
  readonly killAll: () => void;
  /** After `retire` or `stop`. */
  readonly ended: Promise<unknown>;
};
export type Surroundings = Outputs & { readonly tell: (event: object) => void };
type Opened = { readonly ok: true; readonly generation: Generation } | Extract<WorkerStart, { readonly ok: false }>;

/** Milliseconds: the first wait before a dead worker is replaced, the longest, and how long one must have served for the waits to begin anew. */
const firstWait = 100;
const longestWait = 10_000;
const steady = 30_000;
/** A worker that was asked to stop gets so long, which is more than it gives to calls in flight. */
const longestStop = 15_000;

/** All workers serve, or none is left. */
export async function openGeneration(bundle: KeptBundle, count: number, surroundings: Surroundings): Promise<Opened> {
  const first = await startWorker(bundle, surroundings);
  if (!first.ok) return first;
  const others = await Promise.all(Array.from({ length: count - 1 }, () => startWorker(bundle, surroundings)));
  const starts = [first, ...others];
  const failed = starts.find((start) => !start.ok);
  const workers = starts.flatMap((start) => (start.ok ? [start.worker] : []));
  if (failed === undefined) return { ok: true, generation: generationOf(bundle, first.told, workers, surroundings) };
  for (const worker of workers) worker.ask({ ask: "stop" });
  await Promise.all(workers.map(endedInTime));
  return failed;
}

function generationOf(bundle: KeptBundle, told: Listening, first: readonly WorkerProcess[], surroundings: Surroundings): Generation {
  const workers = new Set<WorkerProcess>();
  const waits = new Set<NodeJS.Timeout>();
  const share = endedReleases(workers);
  let isLeaving = false;
  let failures = 0;
  const { promise: ended, resolve: tellEnd } = Promise.withResolvers<void>();
  const leave = (): void => {
    isLeaving = true;
    for (const wait of waits) clearTimeout(wait);
    if (workers.size === 0) tellEnd();
  };
  const begin = async (): Promise<void> => {
    const start = await startWorker(bundle, surroundings);
    if (start.ok) await watch(start.worker);
    else if (!isLeaving) surroundings.tell({ event: "worker-refused", problems: start.problems, again_in_ms: replace() });
  };
  const replace = (): number => {
    const wait = Math.min(longestWait, firstWait * 2 ** failures++);
    const timer = setTimeout(() => {
      waits.delete(timer);
      void begin();
    }, wait);
    waits.add(timer);
    return wait;
  };
  const watch = async (worker: WorkerProcess): Promise<void> => {
    if (isLeaving) worker.ask({ ask: "stop" });
    workers.add(worker);
    share(worker);
    const { code, signal } = await worker.ended;
    workers.delete(worker);
    if (isLeaving && workers.size === 0) tellEnd();
    if (isLeaving) return;
    if (Date.now() - worker.since >= steady) failures = 0;
    surroundings.tell({ event: "worker-ended", pid: worker.pid, code, signal, again_in_ms: replace() });
  };
  for (const worker of first) void watch(worker);
  return {
    bundle,
    told,
    workers: () => [...workers],
    retire: () => {
      leave();
      for (const worker of workers) {
        worker.state = "retiring";
        worker.ask({ ask: "retire" });
      }
    },
    stop: async () => {
      leave();
      for (const worker of workers) worker.ask({ ask: "stop" });
      await Promise.all([...workers].map(endedInTime));
    },
    killAll: () => {
      for (const worker of workers) worker.kill();
    },
    ended,
  };
}

/** What one of them has ended all end, those that come later too. */
function endedReleases(workers: ReadonlySet<WorkerProcess>): (worker: WorkerProcess) => void {
  const ended = new Set<string>();
  return (worker) => {
    worker.onRelease = (release) => {
      ended.add(release);
      for (const other of workers) if (other !== worker) other.ask({ ask: "end-release", release });
    };
    for (const release of ended) worker.ask({ ask: "end-release", release });
  };
}

async function endedInTime(worker: WorkerProcess): Promise<void> {
  const timer = setTimeout(worker.kill, longestStop);
  await worker.ended;
  clearTimeout(timer);
}
