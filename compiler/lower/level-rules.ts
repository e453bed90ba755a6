/**
 * The rules that one level states, with all that its `use`s and `apply`s bring, policies inlined. Which of them reach a
 * given route is not known here.
 */
import type { ExpressionKeys } from "../model/expression-key.ts";
import type { Expr } from "../model/expression.ts";
import type { AccessStatement, Apply, Override, Policy, Program, Rule, Scope, SiteId, Use } from "../model/program.ts";
import { bool } from "./constants.ts";
import { readsOf, type Reads } from "./reads.ts";
import { type Given, givenTo, substitute } from "../model/substitute.ts";

export type LevelRules = {
  readonly denies: readonly StatedRule[];
  readonly allows: readonly StatedRule[];
  readonly isPublic: boolean;
  readonly overrides: readonly Override[];
};

export type StatedRule = {
  /** From the outermost use to the rule. */
  readonly sites: readonly SiteId[];
  readonly effect: Rule["effect"];
  /** Parameters replaced, nothing folded. */
  readonly when: Expr;
  readonly because?: string;
  /** The `where` of the `apply` that brought it. */
  readonly where?: Expr;
  /** The overridable uses that brought it. */
  readonly uses: readonly OverridableUse[];
  readonly reads: Reads;
  /** Of `where`. */
  readonly selects: Reads;
};
export type OverridableUse = { readonly policy: string; readonly arguments: readonly string[] };

type Way = { readonly sites: readonly SiteId[]; readonly uses: readonly OverridableUse[]; readonly where?: Expr };

export function levelRules(
  scope: Pick<Scope, "access" | "span">,
  program: Program,
  policies: ReadonlyMap<string, Policy>,
  keyOf: ExpressionKeys,
): LevelRules {
  const stated: StatedRule[] = [];
  const overrides: Override[] = [];

  const bring = (use: Use | Apply, given: Given, way: Way): void => {
    const policy = policies.get(use.policy);
    if (policy === undefined) return;
    const values = use.arguments.map((argument) => substitute(argument, given));
    const uses = policy.overridable ? [...way.uses, { policy: policy.name, arguments: values.map(keyOf) }] : way.uses;
    const inner = givenTo(policy, values);
    const further = { ...way, sites: [...way.sites, use.site], uses };
    for (const statement of policy.statements) take(statement, inner, further);
  };

  const state = (rule: Omit<Rule, "kind">, given: Given, way: Way): void => {
    const when = substitute(rule.when, given);
    const { where } = way;
    stated.push({
      ...way,
      sites: [...way.sites, rule.site],
      effect: rule.effect,
      when,
      ...(rule.because === undefined ? {} : { because: rule.because }),
      reads: readsOf([when]),
      selects: readsOf(where === undefined ? [] : [where]),
    });
  };

  const take = (statement: AccessStatement, given: Given, way: Way): void => {
    switch (statement.kind) {
      case "rule":
        return state(statement, given, way);
      case "public": {
        const span = program.sites[statement.site]?.span ?? scope.span;
        return state({ ...statement, effect: "allow", when: bool(true, span) }, given, way);
      }
      case "use":
        return bring(statement, given, way);
      case "apply":
        return bring(statement, given, { ...way, where: statement.where });
      case "override":
        overrides.push(statement);
    }
  };

  for (const statement of scope.access) take(statement, new Map(), { sites: [], uses: [] });
  return {
    denies: stated.filter(({ effect }) => effect !== "allow"),
    allows: stated.filter(({ effect }) => effect === "allow"),
    isPublic: scope.access.some(({ kind }) => kind === "public"),
    overrides,
  };
}

/** Whether the override lifts what came by one of these uses: of its policy, with its arguments as far as it gives any. */
export function lifts(override: Override, rule: StatedRule, keyOf: ExpressionKeys): boolean {
  const given = (override.arguments ?? []).map(keyOf);
  return rule.uses.some((use) => use.policy === override.policy && given.every((key, at) => key === use.arguments[at]));
}
