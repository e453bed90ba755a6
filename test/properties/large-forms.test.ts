/**
 * The forms that only large gateways take, taken by small ones: no network is told by classes, each is asked by itself, and each question for a
 * value is a key in the tables. The compiled handler then says what the interpreter says.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { withKeyedTests } from "../../compiler/emit/keyed-tests.ts";
import { lower } from "../../compiler/lower/index.ts";
import { startIr } from "../emit/compiled.ts";
import { comparable, gatewayOf } from "../harness/both-hands.ts";
import { counterexample } from "./counterexample.ts";
import { PATIENCE, runs, runSize, SEED, shrunk } from "./run-size.ts";
import { ask, requestsOf, type Streams, streams, trialOf } from "./trial.ts";

const PAIRS = runSize("PAIRS", 4_000);
const REQUESTS = 50;

describe(`forms of large gateways (seed ${SEED})`, () => {
  test(`${PAIRS} pairs of program and request, with lone networks and keys`, PATIENCE, async () => {
    let [lone, keyed] = [0, 0];
    const agree = async (given: Streams): Promise<void> => {
      const trial = await trialOf(given);
      if (trial === undefined) return;
      const { generated, configuration, reference, program } = trial;
      const lowered = lower(program, 0);
      const ir = withKeyedTests(lowered, 0);
      lone += ir.classes.lone?.length ?? 0;
      keyed += ir.lookups.length - lowered.lookups.length;
      const compiled = gatewayOf(startIr(ir)(configuration));
      for (const request of requestsOf(given, generated)) {
        const expected = comparable(await ask(reference, request, generated));
        const actual = comparable(await ask(compiled, request, generated));
        if (actual !== expected) throw counterexample(generated, configuration, request, `reference: ${expected}\ncompiled: ${actual}`);
      }
    };
    await fc.assert(fc.asyncProperty(streams(REQUESTS), shrunk(agree)), runs(Math.ceil(PAIRS / REQUESTS)));
    // Chance decides how many occur in few programs.
    expect(lone).toBeGreaterThan(PAIRS / REQUESTS / 16);
    expect(keyed).toBeGreaterThan(PAIRS / REQUESTS / 16);
  });
});
