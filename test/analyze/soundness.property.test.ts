import fc from "fast-check";
import { expect, test } from "vitest";
import { analyze } from "../../compiler/analyze/index.ts";
import { cellConditions } from "../../compiler/analyze/cell-conditions.ts";
import { deadRules } from "../../compiler/analyze/dead-rules.ts";
import { statedPlaces } from "../../compiler/analyze/program-places.ts";
import { whoMayCall } from "../../compiler/analyze/access.ts";
import { lower } from "../../compiler/lower/index.ts";
import { atOnce } from "../../compiler/model/steps.ts";
import { anyCall, anyProgram } from "../lower/generators.ts";
import { sceneOf } from "../lower/scenes.ts";
import { decide } from "../lower/walk-ir.ts";

const calls = fc.array(anyCall, { minLength: 10, maxLength: 30 });

test("a rule that is said to decide nothing decides no call, and an unreachable route lets nobody in", () => {
  let dead = 0;
  let closed = 0;
  fc.assert(
    fc.property(anyProgram, calls, (program, asked) => {
      const ir = lower(program);
      const places = statedPlaces(program);
      const found = atOnce(deadRules(ir, cellConditions(ir), (rule) => places.get(ir.rules[rule]?.sites[0] ?? -1)));
      const deadKeys = new Set(found.map(({ rule }) => ir.rules[rule]?.key));
      const unreachable = new Set(analyze(program, ir).flatMap(({ code, message }) => (code === "GWL4102" ? [message] : [])));
      const nobody = new Set(whoMayCall(ir, program).flatMap(({ route, who }) => (who === "nobody" ? [route] : [])));
      dead += deadKeys.size;
      closed += nobody.size;
      for (const route of ir.routes) {
        for (const call of asked) {
          const { effect, rules } = decide(ir, route, sceneOf(program, ir, route.key, call));
          expect(rules.filter((key) => deadKeys.has(key))).toEqual([]);
          if (effect === "allow") expect(unreachable.has(`nobody can reach \`${route.key}\``) || nobody.has(route.key)).toBe(false);
        }
      }
    }),
    { numRuns: 120 },
  );
  expect(dead).toBeGreaterThan(20);
  expect(closed).toBeGreaterThan(20);
});
