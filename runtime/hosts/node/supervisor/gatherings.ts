/** Workers that were asked something, until all have answered. Promises that one which does not answer, or ends, holds nobody up. */

export type Gatherings = {
  /** `ask` is called with the number that answers bring, and `done` once. */
  readonly begin: (workers: readonly number[], ask: (id: number) => void, done: () => void) => void;
  readonly heard: (worker: number, id: number) => void;
  /** It answers no more. */
  readonly left: (worker: number) => void;
};

/** `patience`: milliseconds. */
export function gatherings(patience: number): Gatherings {
  const open = new Map<number, { readonly missing: Set<number>; readonly end: () => void }>();
  let count = 0;
  const heard = (worker: number, id: number): void => {
    const waiting = open.get(id);
    waiting?.missing.delete(worker);
    if (waiting?.missing.size === 0) waiting.end();
  };
  return {
    heard,
    left: (worker) => {
      for (const id of open.keys()) heard(worker, id);
    },
    begin: (workers, ask, done) => {
      const id = ++count;
      const end = (): void => {
        clearTimeout(timer);
        open.delete(id);
        done();
      };
      const timer = setTimeout(end, patience);
      open.set(id, { missing: new Set(workers), end });
      if (workers.length === 0) end();
      else ask(id);
    },
  };
}
