/**
 * What a level adds to the access of a route, as conditions by phase. Promises: routes on which a level's rules mean the same
 * share one part, so that lowering costs the sum of the levels and not their product with the routes.
 */
import type { ExpressionKeys } from "../model/expression-key.ts";
import { BOOL } from "./constants.ts";
import { fold } from "./fold.ts";
import { type Formula, formulaOf, not } from "./formula.ts";
import type { LevelRules, StatedRule } from "./level-rules.ts";
import { lifts } from "./level-rules.ts";
import type { AtomMaker } from "./make-atoms.ts";
import type { NetworkTable } from "./network-table.ts";
import { withPlainNetworks } from "./plain-networks.ts";
import { allReads, phaseOf, type Phase, type Reads } from "./reads.ts";
import { factsKey, type RouteFacts } from "./route-facts.ts";
import type { RuleTable } from "./rule-table.ts";
import type { StatementConditions } from "./statement-conditions.ts";
import { type Selection, selection } from "./selection.ts";

export type AccessPart = {
  /** Unique in the program. */
  readonly id: number;
  readonly entries: readonly PartEntry[];
  readonly reads: Reads;
};
/** `collects`: when the rule is collected; for `require` that is when it does not hold. `whole` is the same as one question. */
export type PartEntry = { readonly rule: number; readonly phase: Phase; readonly collects: Formula; readonly whole: () => Formula };

export type Tables = {
  readonly keyOf: ExpressionKeys;
  readonly networks: NetworkTable;
  readonly atoms: AtomMaker;
  readonly rules: RuleTable;
  readonly statements: StatementConditions;
};

export type LevelAccess = {
  readonly isPublic: boolean;
  /** Whether the level has allows that hold on some calls of the route. */
  readonly statesAllows: (facts: RouteFacts) => boolean;
  readonly denies: (facts: RouteFacts, inner: readonly LevelRules[]) => AccessPart;
  readonly allows: (facts: RouteFacts) => AccessPart;
  readonly rules: LevelRules;
};

export function levelAccess(rules: LevelRules, tables: Tables, nextId: () => number): LevelAccess {
  const denyReads = readsOfAll(rules.denies);
  const allowReads = readsOfAll(rules.allows);
  const allowSelects = allReads(rules.allows.map(({ selects }) => selects));
  const parts = new Map<string, AccessPart>();
  const stating = new Map<string, boolean>();
  const entries = partEntries(tables);

  const part = (key: string, stated: readonly StatedRule[], facts: RouteFacts): AccessPart => {
    const known = parts.get(key);
    if (known !== undefined) return known;
    const held = stated.map((rule) => ({ rule, selected: selection(rule.where, facts) })).filter(({ selected }) => selected !== "never");
    const reads = allReads(held.map(({ rule }) => rule.reads));
    const made = {
      id: nextId(),
      entries: held.map(({ rule, selected }) => entries(rule, selected, facts)),
      reads,
    };
    parts.set(key, made);
    return made;
  };

  return {
    rules,
    isPublic: rules.isPublic,
    statesAllows: (facts) => {
      const key = factsKey(facts, allowSelects);
      const known = stating.get(key) ?? rules.allows.some((rule) => selection(rule.where, facts) !== "never");
      stating.set(key, known);
      return known;
    },
    denies: (facts, inner) => {
      const lifted = liftedRules(rules.denies, inner, tables.keyOf);
      const stated = lifted.size === 0 ? rules.denies : rules.denies.filter((_, at) => !lifted.has(at));
      return part(`denies ${[...lifted].join()} ${factsKey(facts, denyReads)}`, stated, facts);
    },
    allows: (facts) => part(`allows ${factsKey(facts, allowReads)}`, rules.allows, facts),
  };
}

function liftedRules(rules: readonly StatedRule[], inner: readonly LevelRules[], keyOf: ExpressionKeys): ReadonlySet<number> {
  const lifted = new Set<number>();
  for (const override of inner.flatMap(({ overrides }) => overrides)) {
    rules.forEach((rule, at) => {
      if (lifts(override, rule, keyOf)) lifted.add(at);
    });
  }
  return lifted;
}

/** Conditions are folded once for each set of facts that they read. */
function partEntries(tables: Tables): (rule: StatedRule, selected: Selection, facts: RouteFacts) => PartEntry {
  const known = new WeakMap<StatedRule, { readonly reads: Reads; readonly versions: Map<string, PartEntry> }>();
  return (rule, selected, facts) => {
    const seen = known.get(rule) ?? { reads: readsOfAll([rule]), versions: new Map<string, PartEntry>() };
    known.set(rule, seen);
    const { versions } = seen;
    const key = factsKey(facts, seen.reads);
    const entry = versions.get(key) ?? makeEntry(rule, selected, facts, tables);
    versions.set(key, entry);
    return entry;
  };
}

function makeEntry(rule: StatedRule, selected: Selection, facts: RouteFacts, tables: Tables): PartEntry {
  const condition = withPlainNetworks(fold(tables.statements.spelledOut(rule.when), facts), tables.networks);
  const sign = rule.effect === "require" ? not : (formula: Formula) => formula;
  const selects = typeof selected === "string" ? [] : [formulaOf(selected, tables.atoms)];
  const both = (formula: Formula): Formula =>
    selects.length === 0 ? sign(formula) : { kind: "all", operands: [...selects, sign(formula)] };
  return {
    rule: tables.rules.number(rule),
    phase: phaseOf(rule.reads),
    collects: both(formulaOf(condition, tables.atoms)),
    whole: () => both({ kind: "atom", atom: tables.atoms.other({ ...condition, type: BOOL }) }),
  };
}

function readsOfAll(rules: readonly StatedRule[]): Reads {
  return allReads(rules.flatMap(({ reads, selects }) => [reads, selects]));
}
