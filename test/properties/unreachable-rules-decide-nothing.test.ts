/**
 * Deleting a rule that analysis reports as unreachable changes no decision, unless the finding warns of that. What a rule reads stays a reason to refuse a request that
 * repeats a field or has a bad body (D4, D24): a request that only this refuses is left out.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { unreachableRule } from "../../compiler/analyze/diagnostics.ts";
import type { Diagnostic } from "../../grammar/source/diagnostic.ts";
import type { Cause, Outcome } from "../../runtime/contract/gateway.ts";
import { mainText, withMain } from "../arbitraries/rearranged.ts";
import { counterexample } from "./counterexample.ts";
import { PATIENCE, runs, runSize, SEED, shrunk } from "./run-size.ts";
import { saidBy } from "./same-meaning.ts";
import { ask, requestsOf, type Streams, streams, type Trial, tried, trialOf } from "./trial.ts";

const PROGRAMS = runSize("PROGRAMS", 60);

const BY_READING: ReadonlySet<string> = new Set<Cause>([
  "malformed",
  "body-too-large",
  "unsupported-media-type",
  "invalid-body",
  "incomplete-body",
]);

/** Found to decide nothing, and nothing behind it. */
function isIdle({ code, help }: Diagnostic): boolean {
  return code === unreachableRule.code && help?.includes("just removed") !== true;
}

describe(`unreachable rules (seed ${SEED})`, () => {
  test("deleted, change no decision", PATIENCE, async () => {
    let deleted = 0;
    const changesNothing = async (given: Streams): Promise<void> => {
      const before = await trialOf(given);
      for (const { span } of before?.checked.diagnostics.filter(isIdle).slice(0, 4) ?? []) {
        if (before === undefined || span.file !== before.generated.main) continue;
        const text = mainText(before.generated);
        const without = withMain(before.generated, text.slice(0, span.start) + text.slice(span.end));
        const after = await tried(without, before.configuration);
        if (after === undefined) continue;
        deleted++;
        await expectSameDecisions(given, before, after, text.slice(span.start, span.end));
      }
    };
    await fc.assert(fc.asyncProperty(streams(30), shrunk(changesNothing)), runs(PROGRAMS));
    expect(deleted).toBeGreaterThan(PROGRAMS / 10);
  });
});

/**
 * Refused either way, and sooner: an entry that no longer reads the caller turns away before the caller is known; and where a policy's allow was the only one of a
 * level, those of the levels around count, whose fields and bodies are looked at when these are read.
 */
function isClosedEarlier({ decision: was }: Outcome, { decision: is }: Outcome, rule: string): boolean {
  return was.effect === "deny" && (is.cause === "not-admitted" || (rule.startsWith("allow") && BY_READING.has(is.cause)));
}

async function expectSameDecisions(given: Streams, before: Trial, after: Trial, rule: string): Promise<void> {
  for (const request of requestsOf(given, before.generated)) {
    const [was, is] = [await ask(before.compiled, request, before.generated), await ask(after.compiled, request, after.generated)];
    if (BY_READING.has(was.decision.cause) || isClosedEarlier(was, is, rule)) continue;
    const [expected, actual] = [saidBy(was, before.program), saidBy(is, after.program)];
    if (expected !== actual)
      throw counterexample(before.generated, before.configuration, request, `without \`${rule}\`\nbefore: ${expected}\nafter: ${actual}`);
  }
}
