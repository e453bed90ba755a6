/**
 * Which rules hold where (D7, D9, D51), as the checks need it. The meaning itself is said by the reference interpreter and by
 * lowering; this third telling only decides what is refused before either runs.
 */
import { expressionKeys, type ExpressionKeys } from "../../model/expression-key.ts";
import type { Expr } from "../../model/expression.ts";
import type { AccessStatement, Apply, Entry, Override, Policy, Program, Public, Rule, SiteId, Use } from "../../model/program.ts";
import { givenTo, substitute, type Given } from "../../model/substitute.ts";
import { knownValue, type Facts } from "./known-value.ts";
import { declaredPath, placedRoutes, type Level, type PlacedRoute } from "../../model/placed-route.ts";

/** A rule as a level states it, itself or by a policy. `when` has its parameters replaced. */
export type StatedRule = {
  readonly rule: Rule;
  readonly when: Expr;
  readonly level: Level | Entry;
  /** The uses from the level to the rule, outermost first; empty for a rule of the level's own. */
  readonly through: readonly BroughtUse[];
  /** The selector that must hold. */
  readonly where?: Expr;
};
export type BroughtUse = { readonly site: SiteId; readonly policy: Policy /** Their keys. */; readonly arguments: readonly string[] };

export type Survey = {
  readonly program: Program;
  readonly routes: readonly PlacedRoute[];
  readonly policies: ReadonlyMap<string, Policy>;
  readonly statedAt: (level: Level) => readonly StatedRule[];
  readonly keyOf: ExpressionKeys;
};

export function survey(program: Program): Survey {
  const policies = new Map(program.policies.map((policy) => [policy.name, policy]));
  const stated = new Map<Level, readonly StatedRule[]>();
  const keyOf = expressionKeys();
  const known: Known = { policies, keyOf };
  const statedAt = (level: Level): readonly StatedRule[] => {
    const before = stated.get(level);
    if (before !== undefined) return before;
    const found = statedBy(level.access, level, known);
    stated.set(level, found);
    return found;
  };
  return { program, routes: placedRoutes(program.gateway), policies, statedAt, keyOf };
}

type Known = Pick<Survey, "policies" | "keyOf">;

export function statedBy(access: readonly AccessStatement[], level: Level | Entry, known: Known): readonly StatedRule[] {
  return access.flatMap((statement) => rulesOf(statement, level, known));
}

function rulesOf(statement: AccessStatement, level: Level | Entry, known: Known): readonly StatedRule[] {
  switch (statement.kind) {
    case "rule":
      return [{ rule: statement, when: statement.when, level, through: [] }];
    case "use":
      return broughtBy(statement, new Map(), { level, through: [] }, known);
    case "apply":
      return broughtBy(statement, new Map(), { level, through: [], where: statement.where }, known);
    case "public":
    case "override":
      return [];
  }
}

type Around = Pick<StatedRule, "level" | "through" | "where">;

function broughtBy(use: Use | Apply, given: Given, around: Around, known: Known): readonly StatedRule[] {
  const { policies, keyOf } = known;
  const policy = policies.get(use.policy);
  if (policy === undefined || around.through.some((outer) => outer.policy === policy)) return [];
  const values = use.arguments.map((argument) => substitute(argument, given));
  const inner = givenTo(policy, values);
  const through = [...around.through, { site: use.site, policy, arguments: values.map(keyOf) }];
  return policy.statements.flatMap((statement) =>
    statement.kind === "use"
      ? broughtBy(statement, inner, { ...around, through }, known)
      : [{ ...around, rule: statement, when: substitute(statement.when, inner), through }],
  );
}

/** One set of facts for each method as rules see it: `ANY` has six, as HEAD is GET to rules. */
export function factsOf(placed: PlacedRoute, caller: Facts["caller"]): readonly Facts[] {
  const { route, api, tags } = placed;
  const methods = route.method === "ANY" ? ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] : [route.method];
  const facts = {
    ...(api === undefined ? {} : { api: api.name }),
    ...(api?.version === undefined ? {} : { version: api.version }),
    path: declaredPath(placed),
    tags,
    caller,
  };
  return methods.map((method) => ({ ...facts, method }));
}

/** Whether `where` may select this call; what cannot be told counts as selected. */
export function maySelect(where: Expr | undefined, facts: Facts): boolean {
  if (where === undefined) return true;
  const known = knownValue(where, facts);
  return known.kind === "unknown" || (known.kind === "value" && known.value === true);
}

export type AllowingLevel = { readonly level: Level; readonly allows: readonly StatedRule[]; readonly public?: Public };

/** The nearest level that states an allow for the route. */
export function allowingLevel(survey: Survey, placed: PlacedRoute): AllowingLevel | undefined {
  const facts = factsOf(placed, "anybody");
  for (const level of placed.levels.toReversed()) {
    const allows = survey
      .statedAt(level)
      .filter(({ rule, where }) => rule.effect === "allow" && facts.some((call) => maySelect(where, call)));
    const open = level.access.find((statement) => statement.kind === "public");
    if (allows.length > 0 || open !== undefined) return { level, allows, ...(open === undefined ? {} : { public: open }) };
  }
  return undefined;
}

/** Whether no identity is asked for: the route is public, or nothing is accepted there. */
export function nobodyAuthenticates(placed: PlacedRoute, allowing: AllowingLevel | undefined): boolean {
  return placed.accept.length === 0 || allowing?.public !== undefined;
}

/** Denies and requires of all levels but the lifted ones. */
export function limitsOn(survey: Survey, placed: PlacedRoute): readonly StatedRule[] {
  const overrides = placed.levels.flatMap((level, at) =>
    level.access.flatMap((statement) => (statement.kind === "override" ? [{ statement, at }] : [])),
  );
  return placed.levels.flatMap((level, at) =>
    survey
      .statedAt(level)
      .filter(
        (stated) =>
          stated.rule.effect !== "allow" &&
          !overrides.some((override) => at < override.at && lifts(override.statement, stated, survey.keyOf)),
      ),
  );
}

/** Whether `override`, standing further in, lifts what was stated. */
export function lifts(override: Override, { through }: StatedRule, keyOf: ExpressionKeys): boolean {
  const wanted = (override.arguments ?? []).map(keyOf);
  return through.some(
    ({ policy, arguments: given }) => policy.name === override.policy && policy.overridable && wanted.every((key, at) => key === given[at]),
  );
}
