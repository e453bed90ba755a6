/** A contender in its thread: made, asked the known questions, then timed round by round whenever the contest says so. */
import { getHeapStatistics } from "node:v8";
import { parentPort, workerData } from "node:worker_threads";
import type { Contender, Contenders, ContenderPlace, FromContender, RoundAsked } from "./contender.ts";

/** Long against the clock's grain, and shorter than the slices in which a busy machine shares its cores: most rounds are whole. */
const roundNanoseconds = 1.5e6;
const mostInputs = 10_000;
/** Milliseconds. */
const warmUp = 2_000;

const place = workerData as ContenderPlace;
/** The last answer of the last round: so that none is optimised away. */
let kept: unknown;
const say = (message: FromContender): void => parentPort?.postMessage(message, []);

try {
  const made = (await import(place.module)) as { readonly contenders: Contenders };
  const make = made.contenders[place.contender];
  if (make === undefined) throw new Error(`there is no contender ${place.contender}`);
  const contender = await make(place.setup as never);
  const count = await calibrated(contender);
  say({
    kind: "ready",
    wrong: contender.wrong,
    bytes: contender.bytes,
    buildSeconds: contender.buildSeconds,
    allocated: await allocated(contender, count),
  });
  parentPort?.on("message", async ({ round }: RoundAsked) => say({ kind: "round", nanoseconds: await timed(contender, round, count) }));
} catch (error) {
  say({ kind: "failed", why: error instanceof Error ? error.message : String(error) });
}

async function timed(contender: Contender, round: number, count: number): Promise<number> {
  const inputs = contender.fresh(round, count);
  const started = process.hrtime.bigint();
  const given = contender.run(inputs as readonly never[]);
  kept = given instanceof Promise ? await given : given;
  const spent = Number(process.hrtime.bigint() - started);
  if (kept === contender) throw new Error("a contender is not its own answer");
  return spent / inputs.length;
}

/** The heap only grows between two collections: of some rounds in which it grew the least growth. */
async function allocated(contender: Contender, count: number): Promise<number | undefined> {
  let least: number | undefined;
  for (let round = 3_000_000; round < 3_000_020; round++) {
    const inputs = contender.fresh(round, count);
    const before = getHeapStatistics().used_heap_size;
    const given = contender.run(inputs as readonly never[]);
    kept = given instanceof Promise ? await given : given;
    const grown = (getHeapStatistics().used_heap_size - before) / inputs.length;
    if (grown >= 0 && (least === undefined || grown < least)) least = grown;
  }
  return least;
}

/** How many inputs fill a round, found while the engine warms up: as a server that has run for a while, and all alike. */
async function calibrated(contender: Contender): Promise<number> {
  const warm = performance.now() + warmUp;
  let count = 1;
  let spent = 0;
  for (let round = 1_000_000; spent <= roundNanoseconds / 2 && count < mostInputs; round++) {
    count = Math.min(mostInputs, count * 4);
    spent = (await timed(contender, round, count)) * count;
  }
  let cost = spent / count;
  for (let round = 2_000_000; round < 2_000_002 || performance.now() < warm; round++)
    cost = Math.min(cost, await timed(contender, round, count));
  return Math.max(1, Math.min(mostInputs, Math.round(roundNanoseconds / Math.max(cost, 1))));
}
