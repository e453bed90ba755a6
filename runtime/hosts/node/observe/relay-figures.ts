/**
 * The supervisor's side of figures: whichever worker is asked, all are told. Promises that what a worker has counted stays counted when it ends, up to
 * when it was last asked if it was killed; and that a worker which does not answer holds nobody up.
 */
import cluster, { type Worker } from "node:cluster";
import { addedUp } from "../../../observe/metrics/added-up.ts";
import type { Family } from "../../../observe/metrics/families.ts";
import { allFigures, readWorkerFigures, type SupervisorFigures, tellFigures } from "./figures-messages.ts";

type Gathering = { readonly missing: Set<number>; readonly done: () => void };

/** Milliseconds that a worker has to tell its own. */
const patience = 1_000;

export function relayFigures(): void {
  const latest = new Map<number, readonly Family[]>();
  const gatherings = new Map<number, Gathering>();
  let ended: readonly Family[] = [];
  let count = 0;
  const heard = (id: number, gathering: number): void => {
    const waiting = gatherings.get(gathering);
    waiting?.missing.delete(id);
    if (waiting?.missing.size === 0) waiting.done();
  };
  const gather = (asker: Worker, asked: number): void => {
    const others = Object.values(cluster.workers ?? {}).flatMap((worker) =>
      worker?.isConnected() === true && worker !== asker ? [worker] : [],
    );
    const id = ++count;
    const done = (): void => {
      clearTimeout(timer);
      gatherings.delete(id);
      const told = [...latest].flatMap(([worker, families]) => (worker === asker.id ? [] : [families]));
      send(asker, allFigures(asked, [...told, ended]));
    };
    const timer = setTimeout(done, patience);
    gatherings.set(id, { missing: new Set(others.map((worker) => worker.id)), done });
    if (others.length === 0) return done();
    for (const worker of others) send(worker, tellFigures(id));
  };
  cluster.on("message", (worker, message) => {
    const told = readWorkerFigures(message);
    if (told === undefined) return;
    latest.set(worker.id, told.families);
    if (told.figures === "wanted") gather(worker, told.id);
    if (told.figures === "mine") heard(worker.id, told.id);
  });
  cluster.on("exit", (worker) => {
    ended = addedUp(ended, latest.get(worker.id) ?? []);
    latest.delete(worker.id);
    for (const gathering of gatherings.keys()) heard(worker.id, gathering);
  });
}

function send(worker: Worker, message: SupervisorFigures): void {
  if (worker.isConnected()) worker.send(message, () => {});
}
