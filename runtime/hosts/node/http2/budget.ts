/** How often something may happen that costs the other side less than us: often at once, and then at a rate. */

/** `burst` at once, then so many a second. */
export type Measure = { readonly burst: number; readonly aSecond: number };
export type Budget = {
  /** False: it was once too often. */
  readonly take: () => boolean;
};

/** `now`: milliseconds, monotonic. */
export function budget({ burst, aSecond }: Measure, now: () => number): Budget {
  let [left, at] = [burst, now()];
  return {
    take: () => {
      const time = now();
      left = Math.min(burst, left + ((time - at) / 1000) * aSecond) - 1;
      at = time;
      return left >= 0;
    },
  };
}
