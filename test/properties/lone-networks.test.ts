/**
 * Where the decision table may have no cells at all, every network that rules ask is asked by itself: the compiled handler then says what
 * the interpreter says, as it does with classes.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lower } from "../../compiler/lower/index.ts";
import { startIr } from "../emit/compiled.ts";
import { comparable, gatewayOf } from "../harness/both-hands.ts";
import { counterexample } from "./counterexample.ts";
import { PATIENCE, runs, runSize, SEED, shrunk } from "./run-size.ts";
import { ask, requestsOf, type Streams, streams, trialOf } from "./trial.ts";

const PAIRS = runSize("PAIRS", 4_000);
const REQUESTS = 50;

describe(`networks that are asked by themselves (seed ${SEED})`, () => {
  test(`${PAIRS} pairs of program and request, without classes`, PATIENCE, async () => {
    let lone = 0;
    const agree = async (given: Streams): Promise<void> => {
      const trial = await trialOf(given);
      if (trial === undefined) return;
      const { generated, configuration, reference, program } = trial;
      const ir = lower(program, 0);
      lone += ir.classes.lone?.length ?? 0;
      const compiled = gatewayOf(startIr(ir)(configuration));
      for (const request of requestsOf(given, generated)) {
        const expected = comparable(await ask(reference, request, generated));
        const actual = comparable(await ask(compiled, request, generated));
        if (actual !== expected)
          throw counterexample(generated, configuration, request, `reference: ${expected}\nwithout classes: ${actual}`);
      }
    };
    await fc.assert(fc.asyncProperty(streams(REQUESTS), shrunk(agree)), runs(Math.ceil(PAIRS / REQUESTS)));
    expect(lone).toBeGreaterThan(PAIRS / REQUESTS / 4);
  });
});
