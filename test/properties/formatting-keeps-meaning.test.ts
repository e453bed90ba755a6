/** `compile(print(parse(p))) = compile(p)`: formatting changes no part of the IR but the places that it points to. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseSource, printFile, sourceFile } from "../../grammar/index.ts";
import { choices, choiceStream } from "../arbitraries/choices.ts";
import type { Generated } from "../arbitraries/generated.ts";
import { mainText, unkempt, withMain } from "../arbitraries/rearranged.ts";
import { comparable } from "../harness/both-hands.ts";
import { PATIENCE, runs, runSize, SEED, shrunk } from "./run-size.ts";
import { expectSame } from "./same-meaning.ts";
import { accepted, type Streams, streams, type Trial, trialOf } from "./trial.ts";

const PROGRAMS = runSize("PROGRAMS", 40);

describe(`formatting keeps meaning (seed ${SEED})`, () => {
  test("of programs as they are written and of untidy ones", PATIENCE, async () => {
    let compared = 0;
    const keepsMeaning = async (given: Streams, mess: readonly number[]): Promise<void> => {
      const before = await trialOf(given);
      if (before === undefined) return;
      const { generated, configuration } = before;
      for (const written of [generated, unkempt(choices(mess), generated)]) {
        const after = await accepted(formatted(written), configuration, "formatting");
        expect(withoutPlaces(after)).toBe(withoutPlaces(before));
        await expectSame(given, before, after, "formatting changed an outcome", comparable);
      }
      compared++;
    };
    await fc.assert(fc.asyncProperty(streams(8), choiceStream(300), shrunk(keepsMeaning)), runs(PROGRAMS));
    expect(compared).toBeGreaterThan(PROGRAMS / 2);
  });
});

function formatted(generated: Generated): Generated {
  const source = sourceFile(generated.main, mainText(generated));
  return withMain(generated, printFile(parseSource(source).value, source));
}

/** Spans, the file's hash, and labels, which quote the source as it is laid out. */
function withoutPlaces({ ir }: Trial): string {
  const isPlace = (key: string): boolean => key === "span" || key === "sha256" || key === "label";
  return JSON.stringify(ir, (key, value: unknown) => (isPlace(key) ? undefined : value), 1);
}
