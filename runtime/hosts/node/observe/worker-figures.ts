/** A worker's side of figures: tells its own when asked, and asks for those of the others. A process that nobody watches over is alone. */
import type { Family } from "../../../observe/metrics/families.ts";
import { readSupervisorFigures, workerFigures } from "./figures-messages.ts";

export type WorkerFiguresOf = {
  /** Those of all other workers, and of those that have ended. */
  readonly gather: (own: readonly Family[]) => Promise<readonly (readonly Family[])[]>;
  /** Before the process ends. */
  readonly farewell: () => Promise<void>;
};

/** Milliseconds: longer than the supervisor waits for its workers. */
const patience = 2_000;

export function workerFiguresOf(families: () => Promise<readonly Family[]>): WorkerFiguresOf {
  const waiting = new Map<number, (all: readonly (readonly Family[])[]) => void>();
  let count = 0;
  if (process.send === undefined) return { gather: () => Promise.resolve([]), farewell: () => Promise.resolve() };
  process.on("message", (message) => {
    const asked = readSupervisorFigures(message);
    if (asked?.figures === "tell") void families().then((own) => process.send?.(workerFigures("mine", asked.id, own)));
    if (asked?.figures === "all") waiting.get(asked.id)?.(asked.all);
  });
  return {
    gather: (own) =>
      new Promise((resolve, reject) => {
        const id = ++count;
        const timer = setTimeout(() => {
          waiting.delete(id);
          reject(new Error("the supervisor does not tell the figures of the other workers"));
        }, patience);
        waiting.set(id, (all) => {
          clearTimeout(timer);
          waiting.delete(id);
          resolve(all);
        });
        process.send?.(workerFigures("wanted", id, own));
      }),
    farewell: async () => {
      const own = await families();
      await new Promise<void>((resolve) => {
        if (!process.connected || process.send === undefined) return resolve();
        process.send(workerFigures("last", 0, own), undefined, {}, () => resolve());
      });
    },
  };
}
