/**
 * The rules in effect that decide no call on any route, and which rules refuse the calls for which they hold. Promises:
 * never names a rule that can decide; where a condition is too hard to know, the rule counts as alive.
 */
import type { Ir } from "../model/ir.ts";
import { each, type Steps } from "../model/steps.ts";
import { type CellConditions, phasesOf } from "./cell-conditions.ts";
import type { RuleCondition } from "./node-conditions.ts";
import type { StatedAt } from "./program-places.ts";
import { isStandingGuard } from "./standing-guards.ts";
import { settling } from "./settled-nodes.ts";

export type DeadRule = {
  readonly rule: number;
  readonly why: "never" | "refused" | "idle";
  /** Rules that refuse what it would decide; at most `MOST_NAMED`. */
  readonly refusedBy: readonly number[];
};

const MOST_NAMED = 3;

/** A rule where it stands in a cell, with the nodes of the denies before it. */
type Standing = RuleCondition & { readonly earlier: readonly number[] };

export function* deadRules(
  ir: Ir,
  conditions: CellConditions,
  placeOf: (rule: number) => StatedAt | undefined,
): Steps<readonly DeadRule[]> {
  const { alive, isSettled, settle } = settling(ir);
  const held = new Map<number, Standing[]>();
  for (const { node, earlier } of ir.cells.flatMap(phasesOf)) {
    if (isSettled(node)) continue;
    yield;
    // What is reached at all can hold: lowering keeps no node behind a contradiction.
    if (earlier.length === 0) settle(node);
    else {
      for (const { rule, when } of conditions.nodes.rules(node)) {
        if (alive.has(rule)) continue;
        if (conditions.isPossible([when], earlier)) alive.add(rule);
        else held.set(rule, [...(held.get(rule) ?? []), { rule, when, earlier }]);
      }
    }
  }
  const decided = ({ effect }: Ir["rules"][number], rule: number): readonly DeadRule[] => {
    if (alive.has(rule)) return [];
    const ways = held.get(rule);
    if (ways !== undefined) return [{ rule, why: "refused", refusedBy: refusers(ways, conditions) }];
    // A require that always holds is a guard that was not needed yet; nothing is wrong with it.
    const isGuard = effect === "require" || (effect === "deny" && isStandingGuard(placeOf(rule)));
    return isGuard ? [] : [neverCollected(rule, ir, placeOf)];
  };
  return (yield* each(ir.rules.entries(), ([number, rule]) => decided(rule, number))).flat();
}

/** Those that alone refuse one of the ways, else those that refuse a part of it. */
function refusers(ways: readonly Standing[], { nodes, questions, isPossible }: CellConditions): readonly number[] {
  const { diagram } = questions;
  const found = new Set<number>();
  for (const { when, earlier } of ways) {
    const denies = earlier.flatMap(nodes.rules);
    const whole = denies.find((deny) => diagram.canHold([when], [deny.when]) === false);
    const parts = whole === undefined ? denies.filter((deny) => isPossible([when, deny.when], [])) : [whole];
    for (const deny of parts) found.add(deny.rule);
    if (found.size >= MOST_NAMED) break;
  }
  return [...found].slice(0, MOST_NAMED).sort((a, b) => a - b);
}

/** No cell collects the rule: it is false, or true only for addresses that a certain deny refuses before it is asked. */
function neverCollected(rule: number, ir: Ir, placeOf: (rule: number) => StatedAt | undefined): DeadRule {
  const routes = new Set(placeOf(rule)?.routes);
  const cells = new Set(ir.routes.flatMap(({ key, cellOfClass }) => (routes.has(key) ? cellOfClass : [])));
  const certain = new Set<number>();
  let isEverywhere = true;
  for (const number of cells) {
    const { request, principal } = ir.cells[number]?.denies ?? { request: 0, principal: 0 };
    const rules = [request, principal].flatMap((node) => certainRules(node, ir));
    isEverywhere &&= rules.length > 0;
    for (const deny of rules) if (deny !== rule) certain.add(deny);
  }
  const refusedBy = [...certain].sort((a, b) => a - b).slice(0, MOST_NAMED);
  if (refusedBy.length === 0) return { rule, why: "never", refusedBy };
  return { rule, why: isEverywhere ? "refused" : "idle", refusedBy };
}

/** Rules of which one is collected for every request; none where that is not so. */
function certainRules(number: number, ir: Ir): readonly number[] {
  const node = ir.nodes[number];
  if (node?.kind === "rule") return [node.rule];
  if (node?.kind === "union") return node.parts.flatMap((part) => certainRules(part, ir));
  if (node?.kind !== "test") return [];
  const sides = [node.then, node.otherwise].map((side) => certainRules(side, ir));
  return sides.some((side) => side.length === 0) ? [] : sides.flat();
}
