/**
 * The rules of a route: what its levels say, what `use` and `apply` bring, what `override` lifts, which allows count (D6, D7, D9, D51).
 * Policies stay where they are: a rule keeps the arguments under which it is asked.
 */
import type { Expr } from "../model/expression.ts";
import type { AccessStatement, Apply, Override, Policy, Program, Rule, SiteId, Use } from "../model/program.ts";
import { isTrue } from "./evaluate.ts";
import type { PlacedRoute } from "./placed-route.ts";
import { everyPart, phaseOf, type Phase } from "./reads.ts";
import { isSameExpression } from "./same-expression.ts";
import type { Arguments, Bound, Scene } from "./scene.ts";
import { own } from "./values.ts";

export type EffectiveRule = {
  /** Sites from the outermost use to the rule, joined by `/`. */
  readonly key: string;
  readonly sites: readonly SiteId[];
  readonly effect: Rule["effect"];
  /** A `public` has no condition: it is an allow that is always true. */
  readonly when: Expr | undefined;
  /** Of an `apply` on an ANY route: the calls that it is for. */
  readonly where?: Expr;
  readonly given: Arguments;
  readonly because: string | undefined;
  readonly phase: Phase;
  /** The policies that brought it, outermost first. */
  readonly brought: readonly Brought[];
};
type Brought = { readonly policy: Policy; readonly arguments: readonly Expr[]; readonly around: Arguments };

export type EffectiveRules = { readonly isPublic: boolean; readonly rules: readonly EffectiveRule[] };

export function effectiveRules(program: Program, placed: PlacedRoute, bound: Bound): EffectiveRules {
  const stated = placed.levels.map((level) => statedRules(program, level.access, placed, bound));
  const restrictions = stated.flatMap((rules, depth) => {
    const overrides = placed.levels.slice(depth + 1).flatMap(({ access }) => access.filter((statement) => statement.kind === "override"));
    return rules.filter((rule) => rule.effect !== "allow" && !overrides.some((override) => lifts(override, rule)));
  });
  const nearest = stated.findLast((rules) => rules.some(isAllow)) ?? [];
  const allows = nearest.filter(isAllow);
  return { isPublic: allows.some((rule) => rule.when === undefined), rules: [...restrictions, ...allows] };
}

/** Whether the condition is true of the call; a require outside its `where` is content. */
export function holds(rule: EffectiveRule, scene: Scene): boolean {
  if (rule.where && !isTrue(rule.where, scene, undefined)) return rule.effect === "require";
  return rule.when === undefined || isTrue(rule.when, scene, rule.given);
}

function isAllow(rule: EffectiveRule): boolean {
  return rule.effect === "allow";
}

/** What statements of one level bring to a route. */
export function statedRules(
  program: Program,
  access: readonly AccessStatement[],
  placed: PlacedRoute,
  bound: Bound,
): readonly EffectiveRule[] {
  return access.flatMap((statement): readonly EffectiveRule[] => {
    switch (statement.kind) {
      case "rule":
        return [ruleOf(statement, [], undefined, [])];
      case "public":
        return [{ ...ruleless(statement.site), because: statement.because }];
      case "use":
        return rulesOfUse(program, statement, [], undefined, []);
      case "apply":
        return rulesOfApply(program, statement, placed, bound);
      case "override":
        return [];
    }
  });
}

function ruleOf(rule: Rule, above: readonly SiteId[], given: Arguments, brought: readonly Brought[]): EffectiveRule {
  const sites = [...above, rule.site];
  const { effect, when, because } = rule;
  return { key: sites.join("/"), sites, effect, when, given, because, phase: phaseOf(when, given), brought };
}

function ruleless(site: SiteId): Omit<EffectiveRule, "because"> {
  return { key: String(site), sites: [site], effect: "allow", when: undefined, given: undefined, phase: "request", brought: [] };
}

type PolicyUse = Pick<Use, "site" | "policy" | "arguments">;

function rulesOfUse(
  program: Program,
  use: PolicyUse,
  above: readonly SiteId[],
  around: Arguments,
  outer: readonly Brought[],
): readonly EffectiveRule[] {
  const policy = program.policies.find(({ name }) => name === use.policy);
  if (policy === undefined) return [];
  const values = Object.fromEntries(
    policy.parameters.map(({ name }, at) => [name, use.arguments[at]]).filter(([, value]) => value),
  ) as Record<string, Expr>;
  const given = { values, around };
  const sites = [...above, use.site];
  const brought = [...outer, { policy, arguments: use.arguments, around }];
  return policy.statements.flatMap((statement) =>
    statement.kind === "rule" ? [ruleOf(statement, sites, given, brought)] : rulesOfUse(program, statement, sites, given, brought),
  );
}

/** `where` is answered for the route; where it names `method` on an ANY route, or a tag whose value depends on the stage, for each call. */
function rulesOfApply(program: Program, apply: Apply, placed: PlacedRoute, bound: Bound): readonly EffectiveRule[] {
  const { method } = placed.route;
  const stages = program.stages.length === 0 ? [undefined] : program.stages;
  const isFor = (call: string): boolean =>
    stages.some((stage) => isTrue(apply.where, { ...bound, stage, route: placed.facts, method: call }, undefined));
  const calls = method === "ANY" ? ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] : [method];
  if (!calls.some(isFor)) return [];
  const rules = rulesOfUse(program, apply, [], undefined, []);
  const isAsked = everyPart(apply.where, undefined).some((part) => dependsOnCall(part, placed));
  return isAsked ? rules.map((rule) => ({ ...rule, where: apply.where })) : rules;
}

function dependsOnCall(part: Expr, { route, facts }: PlacedRoute): boolean {
  if (part.op === "tag") return typeof own(facts.tags, part.name) === "object";
  return part.op === "method" && route.method === "ANY";
}

/** An override reaches through the named policy to all that it brings, and never lifts what is not overridable. */
function lifts(override: Override, rule: EffectiveRule): boolean {
  return rule.brought.some(
    ({ policy, arguments: given, around }) =>
      policy.name === override.policy &&
      policy.overridable &&
      (override.arguments ?? []).every((argument, at) => {
        const theirs = given[at];
        return theirs !== undefined && isSameExpression(argument, undefined, theirs, around);
      }),
  );
}
