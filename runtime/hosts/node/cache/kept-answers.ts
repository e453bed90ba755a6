/** Where answers are kept: in the process, or in a store that several gateways share. */
import type { StoredAnswer } from "../../../cache/stored-answer.ts";

/** `key` and `place` are digests. `variant`: the text of the request for these fields. */
export type Wanted = { readonly place: string; readonly key: string; readonly variant: (names: readonly string[]) => string };

/** `names`: the fields by which answers to this request differ, where one was ever kept. `since`: of what is known now, for `keep`. */
export type Found = { readonly stored?: StoredAnswer; readonly names: readonly string[] | undefined; readonly since: Since };

/** Tells whether the place has been changed since. */
export type Since = string | number;

export type Keep = Omit<Wanted, "variant"> & {
  /** Of the call. */
  readonly route: string;
  readonly names: readonly string[];
  readonly variant: string;
  readonly stored: StoredAnswer;
  readonly since: Since;
  /** How long it may be of use, milliseconds from now. */
  readonly useful: number;
};

export type KeptAnswers = {
  /** Never rejects: what cannot be had is not there. */
  readonly find: (wanted: Wanted) => Found | Promise<Found>;
  /** Not where the place has been changed since. Nobody waits for it. */
  readonly keep: (answer: Keep) => void;
  /** Nothing that is kept of this place, or on its way there, is given again. Never rejects. */
  readonly drop: (place: string) => void | Promise<void>;
};
