/** Which rules hold for which routes, read from the decision structure. Promises: each structure is walked once. */
import { once } from "../../compiler/model/once.ts";
import type { Ir, IrRoute, IrRule } from "../../compiler/model/ir.ts";
import type { SiteId } from "../../compiler/model/program.ts";

export type RuleReach = {
  /** The rules that are asked of calls to a route, from any address. */
  readonly rulesOf: (route: IrRoute) => readonly IrRule[];
  /** The routes that a rule, `use` or `apply` reaches. */
  readonly routesOf: (site: SiteId) => readonly IrRoute[];
};

export const ruleReach = once((ir: Ir): RuleReach => {
  const inNode = nodeRules(ir);
  const rulesOf = (route: IrRoute): readonly IrRule[] => {
    const found = new Set<number>();
    for (const number of new Set(route.cellOfClass)) {
      const cell = ir.cells[number];
      for (const phases of cell === undefined ? [] : [cell.denies, cell.allows])
        for (const node of [phases.request, phases.principal, phases.body]) for (const rule of inNode(node)) found.add(rule);
    }
    return [...found].sort((a, b) => a - b).flatMap((rule) => ir.rules[rule] ?? []);
  };
  let bySite: Map<SiteId, IrRoute[]> | undefined;
  const routesBySite = (): Map<SiteId, IrRoute[]> => {
    const sites = new Map<SiteId, IrRoute[]>();
    for (const route of ir.routes) {
      for (const site of new Set(rulesOf(route).flatMap((rule) => rule.sites))) sites.set(site, [...(sites.get(site) ?? []), route]);
    }
    return sites;
  };
  return { rulesOf, routesOf: (site) => (bySite ??= routesBySite()).get(site) ?? [] };
});

/** A node's parts have smaller numbers, so each is known when it is needed. */
function nodeRules(ir: Ir): (node: number) => ReadonlySet<number> {
  const known = new Map<number, ReadonlySet<number>>();
  const of = (number: number): ReadonlySet<number> => {
    const before = known.get(number);
    if (before !== undefined) return before;
    const found = new Set<number>();
    const open = [number];
    const seen = new Set<number>();
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (seen.has(at)) continue;
      seen.add(at);
      const node = ir.nodes[at];
      if (node?.kind === "rule") found.add(node.rule);
      else if (node?.kind === "test") open.push(node.then, node.otherwise);
      else if (node?.kind === "lookup") open.push(...(ir.lookups[node.lookup]?.entries ?? []).map(([, target]) => target));
      else if (node?.kind === "union") open.push(...node.parts);
    }
    known.set(number, found);
    return found;
  };
  return of;
}
