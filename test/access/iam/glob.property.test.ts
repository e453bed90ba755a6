/** Patterns with `*` and `?` beside regular expressions that mean the same, whole texts and parts of them. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { anyText, globMatches, globOf, oneUnit } from "../../../runtime/access/iam/glob.ts";

/** Few characters, so that texts repeat themselves and patterns fit by half. */
const text = fc.string({ unit: fc.constantFrom("a", "b", ":", "é"), maxLength: 12 });
const unit = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...[..."ab:é"].map((one) => one.charCodeAt(0))) },
  fc.constant(anyText),
  fc.constant(oneUnit),
);
const units = fc.oneof(
  fc.array(unit, { maxLength: 8 }),
  fc.array(
    unit.filter((one) => one !== oneUnit),
    { maxLength: 8 },
  ),
);

function expression(pattern: readonly number[]): RegExp {
  const parts = pattern.map((one) => (one === anyText ? "[^]*" : one === oneUnit ? "[^]" : String.fromCharCode(one)));
  return new RegExp(`^(?:${parts.join("")})$`);
}

test("a pattern fits what its expression fits, and looks at nothing outside of its range", () => {
  let fitting = 0;
  fc.assert(
    fc.property(units, text, text, text, (pattern, before, inside, behind) => {
      const expected = expression(pattern).test(inside);
      if (expected) fitting++;
      const whole = before + inside + behind;
      expect(globMatches(globOf(pattern), whole, before.length, before.length + inside.length)).toBe(expected);
    }),
    { numRuns: 5000 },
  );
  expect(fitting).toBeGreaterThan(300);
});
