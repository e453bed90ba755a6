/** A checked program never meets a type failure: whatever comes, neither hand throws, and both still agree. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { choices } from "../arbitraries/choices.ts";
import { wildRequest } from "../arbitraries/wild-requests.ts";
import { comparable } from "../harness/both-hands.ts";
import { counterexample } from "./counterexample.ts";
import { PATIENCE, runs, runSize, SEED, shrunk } from "./run-size.ts";
import { ask, type Streams, streams, trialOf } from "./trial.ts";

const PROGRAMS = runSize("PROGRAMS", 40);
const REQUESTS = 80;

describe(`requests without manners (seed ${SEED})`, () => {
  test(`${REQUESTS} to each of ${PROGRAMS} programs`, PATIENCE, async () => {
    let [answered, allowed] = [0, 0];
    const neverThrows = async (given: Streams): Promise<void> => {
      const trial = await trialOf(given);
      if (trial === undefined) return;
      const { generated, configuration, reference, compiled } = trial;
      for (const stream of given.requests) {
        const request = wildRequest(choices(stream), generated);
        const outcomes = await Promise.all([reference, compiled].map((hand) => ask(hand, request, generated).catch(String)));
        const [expected, actual] = outcomes.map((outcome) => (typeof outcome === "string" ? outcome : comparable(outcome)));
        if (expected !== actual || outcomes.some((outcome) => typeof outcome === "string"))
          throw counterexample(generated, configuration, request, `reference: ${expected}\ncompiled: ${actual}`);
        answered++;
        if (outcomes.some((outcome) => typeof outcome !== "string" && outcome.decision.effect === "allow")) allowed++;
      }
    };
    await fc.assert(fc.asyncProperty(streams(REQUESTS), shrunk(neverThrows)), runs(PROGRAMS));
    expect(answered).toBeGreaterThan((PROGRAMS * REQUESTS) / 2);
    // One in a hundred on average; of forty programs it is now and then a third of that, so this only shows that some are.
    expect(allowed).toBeGreaterThan(answered / 1000);
  });
});
