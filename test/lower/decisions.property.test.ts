import fc from "fast-check";
import { expect, test } from "vitest";
import { lower } from "../../compiler/lower/index.ts";
import type { Program } from "../../compiler/model/program.ts";
import { effectiveRules, holds } from "../../compiler/reference/effective-rules.ts";
import type { Scene } from "../../compiler/reference/scene.ts";
import { anyCall, anyProgram } from "./generators.ts";
import { gatewayOf, placedRoute, sceneOf } from "./scenes.ts";
import { decide, type Decided } from "./walk-ir.ts";

/** D24 over the program, rule by rule. */
function expected(program: Program, key: string, scene: Scene): Decided {
  const { rules } = effectiveRules(program, placedRoute(program, key), scene);
  const collected = (effect: "allow" | "deny", phases: readonly string[]) =>
    rules
      .filter((rule) => (rule.effect === "allow") === (effect === "allow") && phases.includes(rule.phase))
      .filter((rule) => holds(rule, scene) !== (rule.effect === "require"))
      .map((rule) => rule.key)
      .sort();
  for (const phase of ["request", "principal"] as const) {
    const denies = collected("deny", [phase]);
    if (denies.length > 0) return { effect: "deny", rules: denies, by: phase };
  }
  const early = collected("allow", ["request", "principal"]);
  const hasLate = rules.some((rule) => rule.effect === "allow" && rule.phase === "body");
  if (early.length === 0 && !hasLate) return { effect: "deny", rules: [], by: "default" };
  const denies = collected("deny", ["body"]);
  if (denies.length > 0) return { effect: "deny", rules: denies, by: "body" };
  const allows = collected("allow", ["request", "principal", "body"]);
  return { effect: allows.length > 0 ? "allow" : "deny", rules: allows, by: "default" };
}

test("the cells of a lowered program decide like its rules, one by one", () => {
  fc.assert(
    fc.property(anyProgram, fc.array(anyCall, { minLength: 4, maxLength: 12 }), (program, calls) => {
      const ir = lower(program);
      for (const route of ir.routes) {
        for (const call of calls) {
          const scene = sceneOf(program, ir, route.key, call);
          const wanted = expected(program, route.key, scene);
          const got = decide(ir, route, scene);
          expect({ key: route.key, ...got }).toEqual({ key: route.key, ...wanted });
        }
      }
    }),
    { numRuns: 300 },
  );
});

test("shuffling the statements of every level changes no number but those of rules", () => {
  fc.assert(
    fc.property(anyProgram, (program) => {
      const ir = lower(program);
      const again = lower(reversed(program));
      expect(again.classes).toEqual(ir.classes);
      expect(again.cells.length).toBe(ir.cells.length);
      expect(again.nodes.length).toBe(ir.nodes.length);
      expect(again.predicates.length).toBe(ir.predicates.length);
      expect(again.rules.map(({ key }) => key).sort()).toEqual(ir.rules.map(({ key }) => key).sort());
    }),
    { numRuns: 100 },
  );
});

type Level = { readonly access: readonly unknown[]; readonly children?: readonly Level[] };

function reversed(program: Program): Program {
  const turn = (level: Level): Level => ({
    ...level,
    access: level.access.toReversed(),
    ...(level.children ? { children: level.children.map(turn) } : {}),
  });
  return { ...program, gateway: turn(gatewayOf(program)) as Program["gateway"] & object };
}
