/**
 * The supervisor's side of changes: what one worker has changed, all others drop that keep answers, also those that serve an older bundle to its end.
 * Promises that a worker which does not answer holds nobody up for longer than a bound.
 */
import cluster, { type Worker } from "node:cluster";
import { drop, known, readWorkerChanges, type SupervisorChanges } from "../cache/change-messages.ts";
import { gatherings } from "./gatherings.ts";

/** Milliseconds that a worker has to drop it. */
const patience = 1_000;

export function relayChanges(): void {
  const keeping = new Map<number, Worker>();
  const waiting = gatherings(patience);
  cluster.on("message", (worker, message) => {
    const told = readWorkerChanges(message);
    switch (told?.changes) {
      case "keeps":
        return void keeping.set(worker.id, worker);
      case "dropped":
        return waiting.heard(worker.id, told.id);
      case "changed": {
        const others = [...keeping.values()].filter((other) => other !== worker && other.isConnected());
        const ask = (id: number): void => others.forEach((other) => send(other, drop(id, told.what)));
        const ids = others.map(({ id }) => id);
        return waiting.begin(ids, ask, () => send(worker, known(told.id)));
      }
      case undefined:
        return;
    }
  });
  cluster.on("exit", (worker) => {
    keeping.delete(worker.id);
    waiting.left(worker.id);
  });
}

function send(worker: Worker, message: SupervisorChanges): void {
  if (worker.isConnected()) worker.send(message, () => {});
}
