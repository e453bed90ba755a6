/**
 * The supervisor's side of figures: whichever worker is asked, all are told. Promises that what a worker has counted stays counted when it ends, up to
 * when it was last asked if it was killed; and that a worker which does not answer holds nobody up.
 */
import cluster, { type Worker } from "node:cluster";
import { addedUp } from "../../../observe/metrics/added-up.ts";
import type { Family } from "../../../observe/metrics/families.ts";
import { gatherings } from "../supervisor/gatherings.ts";
import { allFigures, readWorkerFigures, type SupervisorFigures, tellFigures } from "./figures-messages.ts";

/** Milliseconds that a worker has to tell its own. */
const patience = 1_000;

export function relayFigures(): void {
  const latest = new Map<number, readonly Family[]>();
  const waiting = gatherings(patience);
  let ended: readonly Family[] = [];
  const gather = (asker: Worker, asked: number): void => {
    const others = Object.values(cluster.workers ?? {}).flatMap((worker) =>
      worker?.isConnected() === true && worker !== asker ? [worker] : [],
    );
    const done = (): void => {
      const told = [...latest].flatMap(([worker, families]) => (worker === asker.id ? [] : [families]));
      send(asker, allFigures(asked, [...told, ended]));
    };
    const ask = (id: number): void => others.forEach((worker) => send(worker, tellFigures(id)));
    waiting.begin(
      others.map((worker) => worker.id),
      ask,
      done,
    );
  };
  cluster.on("message", (worker, message) => {
    const told = readWorkerFigures(message);
    if (told === undefined) return;
    latest.set(worker.id, told.families);
    if (told.figures === "wanted") gather(worker, told.id);
    if (told.figures === "mine") waiting.heard(worker.id, told.id);
  });
  cluster.on("exit", (worker) => {
    ended = addedUp(ended, latest.get(worker.id) ?? []);
    latest.delete(worker.id);
    waiting.left(worker.id);
  });
}

function send(worker: Worker, message: SupervisorFigures): void {
  if (worker.isConnected()) worker.send(message, () => {});
}
