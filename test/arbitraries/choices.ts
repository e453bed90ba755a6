/**
 * A stream of choices: numbers that a property test draws, read one after another by the generators. When the stream is
 * at its end, every choice is the first one; so a shorter stream or smaller numbers make a simpler program, which is how
 * counterexamples shrink. A generator that reads a stream is total: every stream gives a well-formed result.
 */
import fc from "fast-check";

export type Choices = {
  /** 0 to `count` - 1. */
  readonly below: (count: number) => number;
  /** True `times` in `of`; false when the stream has ended. */
  readonly chance: (times: number, of: number) => boolean;
  readonly pick: <T>(options: readonly T[]) => T;
  /** `min` to `max` results of `make`. */
  readonly some: <T>(min: number, max: number, make: (index: number) => T) => readonly T[];
};

export function choices(stream: readonly number[]): Choices {
  let at = 0;
  const next = (): number => stream[at++] ?? 0;
  const below = (count: number): number => (count <= 1 ? 0 : next() % count);
  return {
    below,
    chance: (times, of) => below(of) >= of - times,
    pick: (options) => {
      if (options.length === 0) throw new Error("a generator picked from nothing");
      return options[below(options.length)] as (typeof options)[number];
    },
    some: (min, max, make) => Array.from({ length: min + below(max - min + 1) }, (_, index) => make(index)),
  };
}

export const choiceStream = (length: number): fc.Arbitrary<readonly number[]> =>
  fc.array(fc.nat({ max: 0xffff }), { minLength: 0, maxLength: length, size: "max" });
