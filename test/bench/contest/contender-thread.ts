/** A contender in its thread: made, asked the known questions, then timed round by round whenever the contest says so. */
import { parentPort, workerData } from "node:worker_threads";
import { allocated } from "./allocation.ts";
import type { Contender, Contenders, ContenderPlace, FromContender, RoundAsked } from "./contender.ts";

/** Measured of each round: long enough that what a thread finds cold after the others' turns does not count, as it would not in a server at work. */
const roundNanoseconds = 6e6;
/** At once: so few that they are still at hand when they are asked about, as what a socket gave is. */
const batchNanoseconds = 0.2e6;
const mostInputs = 1_000;
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
  const size = await calibrated(contender);
  say({
    kind: "ready",
    wrong: contender.wrong,
    bytes: contender.bytes,
    buildSeconds: contender.buildSeconds,
    allocated: await allocated(contender, size.inputs),
  });
  parentPort?.on("message", async ({ round }: RoundAsked) => say({ kind: "round", nanoseconds: await timed(contender, round, size) }));
} catch (error) {
  say({ kind: "failed", why: error instanceof Error ? error.message : String(error) });
}

type RoundSize = { readonly batches: number; readonly inputs: number };

async function timed(contender: Contender, round: number, { batches, inputs }: RoundSize): Promise<number> {
  let spent = 0;
  for (let batch = 0; batch < batches; batch++) {
    const given = contender.fresh(round * batches + batch, inputs);
    const started = process.hrtime.bigint();
    const answer = contender.run(given as readonly never[]);
    kept = answer instanceof Promise ? await answer : answer;
    spent += Number(process.hrtime.bigint() - started);
  }
  if (kept === contender) throw new Error("a contender is not its own answer");
  return spent / (batches * inputs);
}

/** How many inputs fill a batch and how many batches a round, found while the engine warms up: as a server that has run for a while, and all alike. */
async function calibrated(contender: Contender): Promise<RoundSize> {
  const warm = performance.now() + warmUp;
  let inputs = 1;
  let spent = 0;
  for (let round = 1_000_000; spent <= batchNanoseconds / 2 && inputs < mostInputs; round++) {
    inputs = Math.min(mostInputs, inputs * 4);
    spent = (await timed(contender, round, { batches: 1, inputs })) * inputs;
  }
  let cost = spent / inputs;
  for (let round = 2_000_000; round < 2_000_002 || performance.now() < warm; round++)
    cost = Math.min(cost, await timed(contender, round, { batches: 1, inputs }));
  const batch = Math.max(1, Math.min(mostInputs, Math.round(batchNanoseconds / Math.max(cost, 1))));
  return { inputs: batch, batches: Math.max(1, Math.round(roundNanoseconds / (cost * batch))) };
}
