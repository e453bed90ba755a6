/**
 * For generated programs that limit traffic and *sequences* of requests under a clock that the test moves, the interpreter, which keeps the whole
 * history, and the compiled handler, which keeps a number for each key, give the same outcome at every step.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { choices, choiceStream } from "../arbitraries/choices.ts";
import { goodConfiguration } from "../arbitraries/configurations.ts";
import { generateProgram } from "../arbitraries/program.ts";
import { type GeneratedRequest, generateRequest, NOON, staged } from "../arbitraries/requests.ts";
import type { Generated } from "../arbitraries/generated.ts";
import type { SharedCounts } from "../../runtime/contract/shared-counts.ts";
import type { Outcome } from "../../runtime/contract/gateway.ts";
import { comparable } from "../harness/both-hands.ts";
import { testStore } from "../harness/shared-store.ts";
import { counterexample } from "./counterexample.ts";
import { PATIENCE, runs, runSize, SEED, shrunk } from "./run-size.ts";
import { tried } from "./trial.ts";

const PAIRS = runSize("PAIRS", 12_000);
/** In fewer calls chance decides what occurs. */
const ENOUGH = 12_000;
const CALLS = 60;
/** Milliseconds; a clock may go back. */
const STEPS = [
  0,
  0,
  0,
  1,
  7,
  100,
  333,
  334,
  999,
  1000,
  8571,
  8572,
  60_000,
  -400,
  3600_000,
  43_200_000,
  86_400_000,
  -86_400_000,
  19 * 86_400_000,
];

type Given = {
  readonly program: readonly number[];
  readonly configuration: readonly number[];
  readonly calls: readonly (readonly number[])[];
};
const given: fc.Arbitrary<Given> = fc.record({
  program: choiceStream(1500),
  configuration: choiceStream(12),
  calls: fc.array(choiceStream(80), { minLength: 8, maxLength: 8 }),
});
/** Which request, after how long, and how many calls back the one is that ends before it. */
type Step = readonly [which: number, after: number, ending: number, isAway: boolean];
const order: fc.Arbitrary<Step[]> = fc.array(fc.tuple(fc.nat({ max: 7 }), fc.constantFrom(...STEPS), fc.nat({ max: 5 }), fc.boolean()), {
  minLength: CALLS,
  maxLength: CALLS,
});

const seen = new Map<string, number>();

describe(`limits in both hands (seed ${SEED})`, () => {
  test(`${PAIRS} calls, one after the other`, PATIENCE, async () => {
    await fc.assert(fc.asyncProperty(given, order, shrunk(agree)), runs(Math.ceil(PAIRS / CALLS)));
  });

  test.runIf(PAIRS >= ENOUGH)("calls were let through, and refused at limits of one and of several levels", () => {
    for (const what of ["counted", ...SURPLUS, "several refused", "refused behind a limit", "under way elsewhere"])
      expect(seen.get(what) ?? 0, what).toBeGreaterThan(0);
  });
});

async function agree(drawn: Given, steps: readonly Step[]): Promise<void> {
  const generated = generateProgram(choices(drawn.program), { limits: true });
  const configuration = goodConfiguration(choices(drawn.configuration), generated);
  const trial = await tried(generated, configuration);
  if (trial === undefined) return;
  const requests = drawn.calls.map((stream) => generateRequest(choices(stream), generated, NOON));
  let now = NOON;
  const ends: (() => void)[] = [];
  const stores = [testStore(), testStore()] as const;
  for (const [which, after, ending, isAway] of steps) {
    now += after;
    for (const store of stores) Object.assign(store, { now: Math.max(store.now, now), isAway });
    ends.at(-1 - ending)?.();
    if (stores[0].ended !== stores[1].ended)
      throw counterexample(generated, configuration, requests[which] as GeneratedRequest, "they end otherwise");
    if (stores[0].ended > 0) seen.set("under way elsewhere", stores[0].ended);
    const request = { ...(requests[which] as GeneratedRequest), now };
    const [meant, made] = [handed(request, generated, stores[0]), handed(request, generated, stores[1])];
    const expected = await trial.reference.handle(meant.request, meant.world);
    const actual = await trial.compiled.handle(made.request, made.world);
    ends.push(() => [meant, made].forEach(({ end }) => end()));
    note(expected);
    if (comparable(actual) !== comparable(expected)) {
      const said = `both hands disagree\nreference: ${comparable(expected)}\ncompiled: ${comparable(actual)}`;
      throw counterexample(generated, configuration, request, said);
    }
  }
}

type Handed = ReturnType<typeof staged> & { /** Once. */ readonly end: () => void };

function handed(given: GeneratedRequest, generated: Generated, shared: SharedCounts): Handed {
  const { request, world } = staged(given, generated);
  const waiting: (() => void)[] = [];
  return {
    world: { ...world, shared },
    request: { ...request, whenOver: (tell) => void waiting.push(tell) },
    end: () => waiting.splice(0).forEach((tell) => tell()),
  };
}

const SURPLUS: ReadonlySet<string> = new Set(["throttled", "quota-exceeded", "too-many-at-once", "limits-unavailable"]);

function note({ decision, answer }: Outcome): void {
  const add = (what: string): void => void seen.set(what, (seen.get(what) ?? 0) + 1);
  add(decision.cause);
  const isSurplus = SURPLUS.has(decision.cause);
  if (isSurplus && decision.rules.length > 1) add("several refused");
  const fields = answer.kind !== "local" ? answer.responseHeaders.map(([name]) => name) : answer.headers.map(([name]) => name);
  if (!fields.includes("ratelimit")) return;
  if (decision.effect === "allow") add("counted");
  else if (!isSurplus) add("refused behind a limit");
}
