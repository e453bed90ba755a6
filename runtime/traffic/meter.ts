/** A way of counting calls, whatever their keys. */

/** What is known of one key; what the numbers mean is the meter's own. `at`: milliseconds of its clock. */
export type Count = { amount: number; at: number };

/**
 * Whole milliseconds. `passed`: since the start, without steps in which the world's clock went back; `latest`: the highest instant that it showed. Neither ever
 * goes back.
 */
export type Clock = { readonly passed: number; readonly latest: number };

export type Meter = {
  /** Of a key that nothing is known of. */
  readonly fresh: (now: Clock) => Count;
  /** Brings it to `now`. All else is asked of a settled count. */
  readonly settle: (count: Count, now: Clock) => void;
  /** Calls that may still come. */
  readonly left: (count: Count) => number;
  readonly take: (count: Count) => void;
  /** Of a call that was taken when the count's `at` was this, and is refused elsewhere. */
  readonly giveBack: (count: Count, at: number) => void;
  /** Of a call that was taken and is over; absent: it does not matter when it is. */
  readonly over?: (count: Count) => void;
  /** Milliseconds until a call may come where none is left. */
  readonly wait: (count: Count, now: Clock) => number;
  /** What it is to forget the count: nothing, where it is as a fresh one. */
  readonly isFresh: (count: Count) => boolean;
  /** Parameters of `RateLimit-Policy`, and those of `RateLimit` behind `r`. */
  readonly policy: (count: Count) => string;
  readonly reset: (count: Count, now: Clock) => string;
};

/** Started ones count. */
export function seconds(milliseconds: number): number {
  return Math.ceil(milliseconds / 1000);
}
