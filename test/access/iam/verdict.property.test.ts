import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { verdictOf } from "../../../compiler/reference/iam/verdict.ts";
import { preparePolicy } from "../../../runtime/access/iam/policy.ts";
import type { PolicyDocument, Verdict } from "../../../runtime/contract/iam.ts";
import { API, type PolicyCall, policyCall, policyDocument, requestOf } from "../../arbitraries/iam.ts";
import { PATIENCE, runs, runSize } from "../../properties/run-size.ts";

/** Each document is asked several times, so the runs are fewer than the pairs. */
const CALLS = 8;
const RUNS = Math.ceil(runSize("PAIRS", 20_000) / CALLS);
const calls = fc.array(policyCall, { minLength: CALLS, maxLength: CALLS });

function reference(document: PolicyDocument, call: PolicyCall): Verdict {
  return verdictOf(document, requestOf(call), API);
}

describe("random IAM documents, random requests", () => {
  test("the fast hand says what the reference says, and names the same statements", PATIENCE, () => {
    const seen = { explicitDeny: 0, allow: 0, silent: 0 };
    fc.assert(
      fc.property(policyDocument, calls, (document, asked) => {
        const policy = preparePolicy(document, API);
        for (const call of asked) {
          const expected = reference(document, call);
          seen[expected.effect]++;
          expect(policy.verdict(requestOf(call))).toEqual(expected);
          expect(policy.effect(requestOf(call))).toBe(expected.effect);
        }
      }),
      runs(RUNS),
    );
    // What never comes is not shown to agree.
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(RUNS / 20);
  });

  test("a deny that applies is never lost, whatever is added", PATIENCE, () => {
    fc.assert(
      fc.property(policyDocument, policyDocument, calls, (document, more, asked) => {
        const both = { ...document, statements: [...document.statements, ...more.statements] };
        for (const call of asked) {
          if (reference(document, call).effect !== "explicitDeny") continue;
          expect(preparePolicy(both, API).effect(requestOf(call))).toBe("explicitDeny");
        }
      }),
      runs(Math.ceil(RUNS / 4)),
    );
  });

  test("the order of statements never matters", PATIENCE, () => {
    fc.assert(
      fc.property(policyDocument, calls, (document, asked) => {
        const turned = preparePolicy({ ...document, statements: document.statements.toReversed() }, API);
        for (const call of asked) expect(turned.effect(requestOf(call))).toBe(reference(document, call).effect);
      }),
      runs(Math.ceil(RUNS / 4)),
    );
  });

  test("adding an allow never takes access away", PATIENCE, () => {
    fc.assert(
      fc.property(policyDocument, policyDocument, calls, (document, more, asked) => {
        const allows = more.statements.filter(({ effect }) => effect === "allow");
        const wider = preparePolicy({ ...document, statements: [...allows, ...document.statements] }, API);
        for (const call of asked) {
          if (reference(document, call).effect === "allow") expect(wider.effect(requestOf(call))).toBe("allow");
        }
      }),
      runs(Math.ceil(RUNS / 4)),
    );
  });
});
