/** What the IR collects for a call, by walking it in the plainest way; predicates are asked of the reference interpreter. */
import type { Ir, IrRoute, PhaseNodes } from "../../compiler/model/ir.ts";
import { evaluate, isTrue } from "../../compiler/reference/evaluate.ts";
import type { Scene } from "../../compiler/reference/scene.ts";
import { parseAddress } from "../../compiler/model/address-text.ts";

export function collect(ir: Ir, root: number, scene: Scene): readonly string[] {
  const found = new Set<string>();
  const walk = (number: number): void => {
    const node = ir.nodes[number];
    if (node?.kind === "rule") found.add(ir.rules[node.rule]?.key ?? "?");
    else if (node?.kind === "union") node.parts.forEach(walk);
    else if (node?.kind === "test") {
      const predicate = ir.predicates[node.predicate];
      walk(predicate && isTrue(predicate.expr, scene, undefined) ? node.then : node.otherwise);
    } else if (node?.kind === "lookup") {
      const lookup = ir.lookups[node.lookup];
      const subject = lookup && evaluate(lookup.subject, scene, undefined);
      const values: readonly unknown[] = lookup?.isCollection ? (Array.isArray(subject) ? subject : []) : [subject];
      for (const [key, entry] of lookup?.entries ?? []) if (values.includes(key)) walk(entry);
    }
  };
  walk(root);
  return [...found].sort();
}

/** The class of an address, by a look at every range. */
export function classOf(ir: Pick<Ir, "classes">, client: string): number {
  const address = parseAddress(client);
  if (address?.family === "ipv4") {
    const { starts, classes } = ir.classes.ipv4;
    return classes[starts.findLastIndex((start) => start <= address.value)] ?? -1;
  }
  const { starts, classes } = ir.classes.ipv6;
  return classes[starts.findLastIndex((start) => BigInt(`0x${start}`) <= (address?.value ?? 0n))] ?? -1;
}

export type Decided = { readonly effect: "allow" | "deny"; readonly rules: readonly string[]; readonly by: keyof PhaseNodes | "default" };

/** D24 over the IR. The principal is in the scene from the start: what does not read it cannot see it. */
export function decide(ir: Ir, route: IrRoute, scene: Scene): Decided {
  const cell = ir.cells[route.cellOfClass[classOf(ir, scene.request?.client ?? "")] ?? -1];
  if (cell === undefined) throw new Error("no cell");
  const at = (nodes: PhaseNodes, phase: keyof PhaseNodes): readonly string[] => collect(ir, nodes[phase], scene);
  for (const phase of ["request", "principal"] as const) {
    const denies = at(cell.denies, phase);
    if (denies.length > 0) return { effect: "deny", rules: denies, by: phase };
  }
  const early = [...at(cell.allows, "request"), ...at(cell.allows, "principal")];
  if (early.length === 0 && cell.allows.body === 0) return { effect: "deny", rules: [], by: "default" };
  const denies = at(cell.denies, "body");
  if (denies.length > 0) return { effect: "deny", rules: denies, by: "body" };
  const allows = [...early, ...at(cell.allows, "body")].sort();
  return { effect: allows.length > 0 ? "allow" : "deny", rules: allows, by: "default" };
}
