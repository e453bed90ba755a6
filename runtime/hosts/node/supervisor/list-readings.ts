/** What a worker was asked about its lists, until it answers, ends, or takes longer than a reading can take. */
import type { ListState } from "../lists/network-lists.ts";
import type { ListsRead, SupervisorMessage } from "./messages.ts";

export type ListReadings = {
  readonly ask: (anySize: boolean, send: (message: SupervisorMessage) => void) => Promise<readonly ListState[] | undefined>;
  readonly heard: (told: ListsRead) => void;
  /** The worker has ended. */
  readonly end: () => void;
};

/** Milliseconds. */
const patience = 200_000;

export function listReadings(): ListReadings {
  const waiting = new Map<number, (lists: readonly ListState[] | undefined) => void>();
  let count = 0;
  return {
    ask: (anySize, send) =>
      new Promise((resolve) => {
        const id = ++count;
        const settle = (lists: readonly ListState[] | undefined): void => {
          clearTimeout(timer);
          waiting.delete(id);
          resolve(lists);
        };
        const timer = setTimeout(() => settle(undefined), patience);
        waiting.set(id, settle);
        send({ ask: "read-lists", id, anySize });
      }),
    heard: ({ id, lists }) => waiting.get(id)?.(lists),
    end: () => {
      for (const settle of waiting.values()) settle(undefined);
    },
  };
}
