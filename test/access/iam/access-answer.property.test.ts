import fc from "fast-check";
import { expect, test } from "vitest";
import { accessAnswer as reference } from "../../../compiler/reference/iam/outcome.ts";
import { accessAnswer } from "../../../runtime/access/iam/access-answer.ts";
import type { AccessQuestion, Verdict } from "../../../runtime/contract/iam.ts";
import { PATIENCE, runs, runSize } from "../../properties/run-size.ts";

const verdict: fc.Arbitrary<Verdict | undefined> = fc.constantFrom(
  undefined,
  { effect: "silent" },
  { effect: "explicitDeny", statements: [0] },
  { effect: "allow", statements: [1], grant: "direct" },
  { effect: "allow", statements: [1], grant: "limited" },
  { effect: "allow", statements: [1], grant: "delegated" },
);
const ROLES = ["resource", "endpoint", "identity", "boundary", "session", "organization", "authorizer"] as const;

const question: fc.Arbitrary<AccessQuestion> = fc
  .record({
    authentication: fc.constantFrom("none", "iam", "lambda", "token"),
    isPrivate: fc.boolean(),
    sameAccount: fc.boolean(),
    verdicts: fc.tuple(...ROLES.map(() => verdict)),
  })
  .map(({ verdicts, ...rest }) => ({
    ...rest,
    ...Object.fromEntries(ROLES.flatMap((role, at) => (verdicts[at] === undefined ? [] : [[role, verdicts[at]]]))),
  }));

test("both hands combine policies alike", PATIENCE, () => {
  fc.assert(
    fc.property(question, (asked) => {
      expect(accessAnswer(asked)).toEqual(reference(asked));
    }),
    runs(runSize("PAIRS", 20_000)),
  );
});

test("an explicit deny anywhere is a refusal, and a silent policy in the place of one that allows never opens", PATIENCE, () => {
  fc.assert(
    fc.property(question, fc.constantFrom(...ROLES), (asked, role) => {
      expect(accessAnswer({ ...asked, [role]: { effect: "explicitDeny", statements: [0] } }).allowed).toBe(false);
      const silent = accessAnswer({ ...asked, [role]: { effect: "silent" } });
      const allowing = accessAnswer({ ...asked, [role]: { effect: "allow", statements: [0], grant: "direct" } });
      if (silent.allowed) expect(allowing.allowed).toBe(true);
    }),
    runs(Math.ceil(runSize("PAIRS", 20_000) / 4)),
  );
});
