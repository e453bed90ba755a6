/** Calls that wait for a free address, in the order in which they came. Promises a bound on how many and on how long. */

export type WaitingLine<Place> = {
  /** Undefined: the line is full, or the time is over. */
  readonly join: () => Promise<Place | undefined>;
  /** Gives places to those that wait, as long as there are any. */
  readonly serve: () => void;
};

type Waiter<Place> = { readonly leave: (place: Place | undefined) => void };

/** `find` gives a place that is free now; undefined: none. */
export function waitingLine<Place>(length: number, time: number, find: () => Place | undefined): WaitingLine<Place> {
  const waiters = new Set<Waiter<Place>>();
  return {
    join: () => {
      if (waiters.size >= length) return Promise.resolve(undefined);
      return new Promise((resolve) => {
        const waiter: Waiter<Place> = {
          leave: (place) => {
            clearTimeout(timer);
            waiters.delete(waiter);
            resolve(place);
          },
        };
        const timer = setTimeout(() => waiter.leave(undefined), time);
        waiters.add(waiter);
      });
    },
    serve: () => {
      for (const waiter of waiters) {
        const place = find();
        if (place === undefined) return;
        waiter.leave(place);
      }
    },
  };
}
