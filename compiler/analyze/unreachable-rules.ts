/** Dead rules as findings, each at the statement to change: a rule that is dead wherever it is used, else the use that brought it. */
import { type Diagnostic, finding, type Related } from "../../grammar/source/diagnostic.ts";
import type { Ir } from "../model/ir.ts";
import type { Program, SiteId } from "../model/program.ts";
import type { DeadRule } from "./dead-rules.ts";
import { unreachableRule } from "./diagnostics.ts";
import type { StatedAt } from "./program-places.ts";
import { shieldingAllows } from "./shielding-allows.ts";

export function unreachableRules(
  program: Program,
  ir: Ir,
  dead: readonly DeadRule[],
  places: ReadonlyMap<SiteId, StatedAt>,
): readonly Diagnostic[] {
  const isShield = shieldingAllows(program, places);
  const deadNumbers = new Set(dead.map(({ rule }) => rule));
  const bySite = new Map<SiteId, number[]>();
  ir.rules.forEach(({ sites }, rule) => {
    for (const site of sites) bySite.set(site, [...(bySite.get(site) ?? []), rule]);
  });
  const isDead = (site: SiteId): boolean => bySite.get(site)?.every((rule) => deadNumbers.has(rule)) === true;
  const found = new Map<SiteId, Diagnostic>();
  for (const one of dead) {
    const sites = ir.rules[one.rule]?.sites ?? [];
    const own = sites.at(-1);
    const site = own !== undefined && (bySite.get(own)?.length ?? 0) > 1 && isDead(own) ? own : sites.find(isDead);
    if (site !== undefined && !found.has(site)) found.set(site, findingAt(site, one, isShield(site), program, ir));
  }
  return [...found.values()];
}

function findingAt(site: SiteId, { rule, why, refusedBy }: DeadRule, isShield: boolean, program: Program, ir: Ir): Diagnostic {
  const stated = program.sites[site];
  const dead = ir.rules[rule];
  const span = stated?.span ?? dead?.span ?? program.gateway?.span ?? { file: "", start: 0, end: 0 };
  const holes = { label: stated?.label ?? dead?.label ?? "", effect: dead?.effect ?? "allow", why, isShield };
  return finding(unreachableRule, span, holes, refusersAt(refusedBy, program, ir));
}

/** Where rules that refuse are stated at their level, each place once. */
export function refusersAt(rules: readonly number[], program: Program, ir: Ir): readonly Related[] {
  const places = new Set(rules.flatMap((rule) => ir.rules[rule]?.sites[0] ?? []));
  return [...places].flatMap((site) => {
    const stated = program.sites[site];
    return stated === undefined ? [] : [{ span: stated.span, message: "refused here" }];
  });
}

/** Allows that nowhere count, because every route below has allows of a nearer level. */
export function cutOffAllows(program: Program, ir: Ir, places: ReadonlyMap<SiteId, StatedAt>): readonly Diagnostic[] {
  const inForce = new Set(ir.rules.flatMap(({ sites }) => sites));
  return [...places].flatMap(([site, { statement, routes }]): readonly Diagnostic[] => {
    const isAllow = statement.kind === "public" || (statement.kind === "rule" && statement.effect === "allow");
    const stated = program.sites[site];
    if (!isAllow || inForce.has(site) || routes.length === 0 || stated === undefined) return [];
    const below = new Set(routes);
    const related = ir.routes.filter(({ key }) => below.has(key)).slice(0, 1);
    return [
      finding(
        unreachableRule,
        stated.span,
        { label: stated.label, effect: "allow", why: "cut-off", isShield: false },
        related.map(({ span }) => ({ span, message: "this route, for one, has allows that are nearer" })),
      ),
    ];
  });
}
