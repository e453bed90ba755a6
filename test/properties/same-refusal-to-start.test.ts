/** Both hands start with the same configurations, and refuse the others for the same variables. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Started } from "../../runtime/contract/gateway.ts";
import { choices, choiceStream } from "../arbitraries/choices.ts";
import { brokenConfiguration } from "../arbitraries/configurations.ts";
import { bothHands } from "../harness/both-hands.ts";
import { checkGenerated } from "../harness/check-generated.ts";
import { counterexample } from "./counterexample.ts";
import { PATIENCE, runs, runSize, SEED, shrunk } from "./run-size.ts";
import { generatedOf, type Streams, streams } from "./trial.ts";

const PROGRAMS = runSize("PROGRAMS", 40);
const CONFIGURATIONS = 12;

describe(`the start (seed ${SEED})`, () => {
  test(`${CONFIGURATIONS} configurations for each of ${PROGRAMS} programs`, PATIENCE, async () => {
    let [started, refused] = [0, 0];
    const startsAlike = async (given: Streams, faults: readonly (readonly number[])[]): Promise<void> => {
      const generated = generatedOf(given);
      const { isGood, compilation } = await checkGenerated(generated);
      if (!isGood) return;
      for (const stream of faults) {
        const configuration = brokenConfiguration(choices(stream), generated);
        const { reference, compiled } = bothHands(compilation.program, configuration);
        if ("gateway" in reference && "gateway" in compiled) started++;
        else refused++;
        const said = disagreement(reference, compiled);
        if (said !== undefined) throw counterexample(generated, configuration, undefined, said);
      }
    };
    const faults = fc.array(choiceStream(20), { minLength: CONFIGURATIONS, maxLength: CONFIGURATIONS });
    await fc.assert(fc.asyncProperty(streams(0), faults, shrunk(startsAlike)), runs(PROGRAMS));
    expect(started).toBeGreaterThan(PROGRAMS / 4);
    expect(refused).toBeGreaterThan(PROGRAMS);
  });
});

/** The reference looks at what is made of the values only where each value could be read; the handler names all at once. */
function disagreement(reference: Started, compiled: Started): string | undefined {
  const [expected, actual] = [blamed(reference), blamed(compiled)];
  const isSame = "gateway" in reference ? actual.length === 0 : actual.length > 0 && expected.every((name) => actual.includes(name));
  const isMore = unread(compiled).some((name) => !expected.includes(name));
  return isSame && !isMore ? undefined : `refused by the reference for ${expected.join(", ")}; by the handler for ${actual.join(", ")}`;
}

/** The first name in each problem: of a variable, a secret, an identity, a setting. */
function blamed(started: Started): readonly string[] {
  return "gateway" in started ? [] : namesIn(started.problems);
}

/** Those whose value could not be read, rather than not be used: a key that is too short is named by its variable as well. */
function unread(started: Started): readonly string[] {
  return "gateway" in started ? [] : namesIn(started.problems.filter((problem) => /^`(STAGE` must be|[^`]*` is not)/.test(problem)));
}

function namesIn(problems: readonly string[]): readonly string[] {
  return [...new Set(problems.map((problem) => /`([^`]*)`/.exec(problem)?.[1] ?? problem))].sort();
}
