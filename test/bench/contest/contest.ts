/**
 * Contenders side by side: one round of each in turn, over and over, so that a slow moment of the machine meets all of them.
 * Medians, and the ratios of rounds that were neighbours.
 */
import { Worker } from "node:worker_threads";
import { median } from "../measure.ts";
import type { ContenderPlace, FromContender } from "./contender.ts";

export type Contest = {
  /** Absolute URL of the module whose `contenders` take part. */
  readonly module: string;
  /** Ours first. */
  readonly names: readonly string[];
  readonly setup: unknown;
};

export type Standing = {
  readonly name: string;
  /** Nanoseconds, the median of all rounds. Undefined: it could not be made. */
  readonly cost: number | undefined;
  /** How many times ours it costs, the median over rounds. */
  readonly ratio: number | undefined;
  /** Why it does not count. */
  readonly wrong: string | undefined;
  readonly bytes: number | undefined;
  readonly buildSeconds: number | undefined;
  readonly allocated: number | undefined;
};

const rounds = Number(process.env["GWL_BENCH_ROUNDS"] ?? 61);
const warmUp = 40;

export async function contest({ module, names, setup }: Contest): Promise<readonly Standing[]> {
  const threads: Thread[] = [];
  for (const name of names) threads.push(await started({ module, contender: name, setup }, name));
  try {
    for (let round = 0; round < rounds + warmUp; round++)
      for (const thread of threads) if (thread.worker !== undefined) await oneRound(thread, round);
    return threads.map((thread) => standing(thread, threads[0]?.costs ?? []));
  } finally {
    for (const { worker } of threads) await worker?.terminate();
  }
}

/** Those that answer rightly, ours aside, the quickest first. */
export function peersOf(standings: readonly Standing[]): readonly Standing[] {
  return standings
    .slice(1)
    .filter(({ wrong, cost }) => wrong === undefined && cost !== undefined)
    .toSorted((a, b) => (a.cost ?? 0) - (b.cost ?? 0));
}

export function standingOf(standings: readonly Standing[], name: string): Standing | undefined {
  return standings.find((one) => one.name === name && one.wrong === undefined && one.cost !== undefined);
}

type Thread = {
  readonly name: string;
  readonly worker: Worker | undefined;
  readonly costs: number[];
  readonly wrong: string | undefined;
  readonly bytes: number | undefined;
  readonly buildSeconds: number | undefined;
  readonly allocated: number | undefined;
};

async function started(place: ContenderPlace, name: string): Promise<Thread> {
  const worker = new Worker(new URL("./contender-thread.ts", import.meta.url), {
    workerData: place,
    resourceLimits: { maxOldGenerationSizeMb: 4096 },
  });
  const first = await answerOf(worker);
  const ready = first.kind === "ready";
  if (!ready) await worker.terminate();
  return {
    name,
    worker: ready ? worker : undefined,
    costs: [],
    wrong: ready ? first.wrong : first.kind === "failed" ? first.why : "it never became ready",
    bytes: ready ? first.bytes : undefined,
    buildSeconds: ready ? first.buildSeconds : undefined,
    allocated: ready ? first.allocated : undefined,
  };
}

async function oneRound({ name, worker, costs }: Thread, round: number): Promise<void> {
  if (worker === undefined) return;
  const answer = answerOf(worker);
  worker.postMessage({ round }, []);
  const said = await answer;
  if (said.kind !== "round") throw new Error(`${name} left the contest${said.kind === "failed" ? `: ${said.why}` : ""}`);
  if (round >= warmUp) costs.push(said.nanoseconds);
}

function answerOf(worker: Worker): Promise<FromContender> {
  return new Promise((resolve) => {
    const done = (answer: FromContender): void => {
      worker.off("message", done).off("error", broke);
      resolve(answer);
    };
    const broke = (error: unknown): void => done({ kind: "failed", why: error instanceof Error ? error.message : String(error) });
    worker.on("message", done).on("error", broke);
  });
}

function standing({ name, costs, wrong, bytes, buildSeconds, allocated }: Thread, ours: readonly number[]): Standing {
  const cost = costs.length === 0 ? undefined : median(costs);
  const ratio = cost === undefined || ours.length === 0 ? undefined : median(costs.map((one, at) => one / (ours[at] ?? Number.NaN)));
  return { name, cost, ratio, wrong, bytes, buildSeconds, allocated };
}
