/** What a cell says before any question is asked: let in, shut out, or it depends. */
import type { Cell, Ir } from "../model/ir.ts";

export type Verdict = "allow" | "deny" | "depends";

export type Verdicts = {
  /** `allow`: some allow is certain and no deny is possible. `deny`: a deny is certain, or no allow is possible. */
  readonly of: (cell: number) => Verdict;
  /** The rules that may decide, in the order of phases, denies first. */
  readonly rules: (cell: number) => readonly number[];
};

export function verdicts(ir: Ir): Verdicts {
  const certain = byNode(ir, (node, at) => {
    if (node.kind === "rule") return true;
    if (node.kind === "union") return node.parts.some(at);
    return node.kind === "test" && at(node.then) && at(node.otherwise);
  });
  const possible = byNode(ir, (node, at) => {
    if (node.kind === "rule") return true;
    if (node.kind === "union") return node.parts.some(at);
    if (node.kind === "test") return at(node.then) || at(node.otherwise);
    return node.kind === "lookup" && entriesOf(ir, node.lookup).some(([, to]) => at(to));
  });
  const cellAt = (number: number): Cell => ir.cells[number] ?? { denies: nothing, allows: nothing };
  return {
    of: (number) => {
      const { denies, allows } = cellAt(number);
      if (phases(denies).some(certain) || !phases(allows).some(possible)) return "deny";
      return !phases(denies).some(possible) && phases(allows).some(certain) ? "allow" : "depends";
    },
    rules: (number) => {
      const found = new Set<number>();
      const { denies, allows } = cellAt(number);
      for (const node of [...phases(denies), ...phases(allows)]) collectRules(ir, node, found, new Set());
      return [...found];
    },
  };
}

const nothing = { request: 0, principal: 0, body: 0 };

export function phases({ request, principal, body }: Cell["denies"]): readonly number[] {
  return [request, principal, body];
}

export function entriesOf(ir: Ir, lookup: number): Ir["lookups"][number]["entries"] {
  return ir.lookups[lookup]?.entries ?? [];
}

function byNode(ir: Ir, tell: (node: Ir["nodes"][number], at: (number: number) => boolean) => boolean): (number: number) => boolean {
  const known = new Map<number, boolean>();
  const at = (number: number): boolean => {
    const found = known.get(number) ?? tell(ir.nodes[number] ?? { kind: "empty" }, at);
    known.set(number, found);
    return found;
  };
  return at;
}

function collectRules(ir: Ir, number: number, found: Set<number>, visited: Set<number>): void {
  const node = ir.nodes[number];
  if (node === undefined || visited.has(number)) return;
  visited.add(number);
  if (node.kind === "rule") found.add(node.rule);
  else if (node.kind === "union") for (const part of node.parts) collectRules(ir, part, found, visited);
  else if (node.kind === "test") for (const next of [node.then, node.otherwise]) collectRules(ir, next, found, visited);
  else if (node.kind === "lookup") for (const [, next] of entriesOf(ir, node.lookup)) collectRules(ir, next, found, visited);
}
