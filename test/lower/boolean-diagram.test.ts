import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { booleanDiagram, FALSE, GIVEN_UP, TRUE } from "../../compiler/model/boolean-diagram.ts";

type Formula =
  | { readonly variable: number }
  | { readonly not: Formula }
  | { readonly op: "and" | "or"; readonly left: Formula; readonly right: Formula };

const VARIABLES = 6;
/** Variables 2 to 4 are one group. */
const groupOf = (variable: number): number | undefined => (variable >= 2 && variable <= 4 ? 0 : undefined);
const assignments = Array.from({ length: 2 ** VARIABLES }, (_, bits) => bits).filter((bits) => [0, 4, 8, 16].includes(bits & 0b11100));

const formulas = fc.letrec<{ formula: Formula }>((tie) => ({
  formula: fc.oneof(
    { maxDepth: 5 },
    fc.nat(VARIABLES - 1).map((variable) => ({ variable })),
    tie("formula").map((not) => ({ not })),
    fc.record({ op: fc.constantFrom("and" as const, "or" as const), left: tie("formula"), right: tie("formula") }),
  ),
})).formula;

function truth(formula: Formula, bits: number): boolean {
  if ("variable" in formula) return ((bits >> formula.variable) & 1) === 1;
  if ("not" in formula) return !truth(formula.not, bits);
  const [left, right] = [truth(formula.left, bits), truth(formula.right, bits)];
  return formula.op === "and" ? left && right : left || right;
}

function build(formula: Formula, diagram: ReturnType<typeof booleanDiagram>): number {
  if ("variable" in formula) return diagram.variable(formula.variable);
  if ("not" in formula) return diagram.not(build(formula.not, diagram));
  return diagram[formula.op](build(formula.left, diagram), build(formula.right, diagram));
}

describe("boolean diagrams", () => {
  test("a diagram has the truth of its formula where at most one of a group is true, and equal functions are one node", () => {
    fc.assert(
      fc.property(formulas, formulas, (left, right) => {
        const diagram = booleanDiagram(groupOf);
        const [f, g] = [build(left, diagram), build(right, diagram)];
        const walk = (from: number, bits: number): boolean => {
          let at = from;
          for (let root = diagram.root(at); root !== undefined; root = diagram.root(at))
            at = (bits >> root.variable) & 1 ? root.high : root.low;
          return at === TRUE;
        };
        for (const bits of assignments) expect(walk(f, bits)).toBe(truth(left, bits));
        expect(diagram.canHold([f], [g])).toBe(assignments.some((bits) => truth(left, bits) && !truth(right, bits)));
        expect(diagram.canHold([f, g], [])).toBe(assignments.some((bits) => truth(left, bits) && truth(right, bits)));
        expect(f === g).toBe(assignments.every((bits) => truth(left, bits) === truth(right, bits)));
      }),
      { numRuns: 2000 },
    );
  });

  test("two of a group exclude each other, and one of them excludes what the others say", () => {
    const diagram = booleanDiagram(groupOf);
    const [a, b] = [diagram.variable(2), diagram.variable(3)];
    expect(diagram.and(a, b)).toBe(FALSE);
    expect(diagram.and(a, diagram.not(b))).toBe(a);
  });

  test("work beyond the grant is given up, and so is all that is made from it", () => {
    const diagram = booleanDiagram(() => undefined);
    const parts = Array.from({ length: 12 }, (_, at) => diagram.and(diagram.variable(at), diagram.variable(at + 12)));
    diagram.grant(100);
    const given = parts.reduce(diagram.or, FALSE);
    expect(given).toBe(GIVEN_UP);
    expect(diagram.not(given)).toBe(GIVEN_UP);
    diagram.grant(100_000);
    expect(parts.reduce(diagram.or, FALSE)).toBeGreaterThan(TRUE);
  });
});
