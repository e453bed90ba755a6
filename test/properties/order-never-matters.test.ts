/** Shuffling statements and declarations, and spreading declarations and routes over files, keeps every outcome. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Choices, choices, choiceStream } from "../arbitraries/choices.ts";
import type { Generated } from "../arbitraries/generated.ts";
import { shuffled, spread } from "../arbitraries/rearranged.ts";
import { PATIENCE, runs, runSize, SEED, shrunk } from "./run-size.ts";
import { expectSame } from "./same-meaning.ts";
import { accepted, type Streams, streams, trialOf } from "./trial.ts";

const PROGRAMS = runSize("PROGRAMS", 30);

const WAYS: readonly (readonly [what: string, (c: Choices, generated: Generated) => Generated])[] = [
  ["statements and declarations shuffled", shuffled],
  ["declarations spread over files", spread],
  ["spread over files, then shuffled", (c, generated) => shuffled(c, spread(c, generated))],
];

describe(`order never matters (seed ${SEED})`, () => {
  test.each(WAYS)("%s", PATIENCE, async (what, rearrange) => {
    let compared = 0;
    const keepsMeaning = async (given: Streams, order: readonly number[]): Promise<void> => {
      const before = await trialOf(given);
      if (before === undefined) return;
      const { configuration } = before;
      const after = await accepted(rearrange(choices(order), before.generated), configuration, what);
      await expectSame(given, before, after, what);
      compared++;
    };
    await fc.assert(fc.asyncProperty(streams(12), choiceStream(200), shrunk(keepsMeaning)), runs(PROGRAMS));
    expect(compared).toBeGreaterThan(PROGRAMS / 2);
  });
});
