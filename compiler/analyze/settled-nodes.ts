/** Keeps account of rules that are known to be alive, so that nodes without any other are not looked at again. */
import type { Ir, Node } from "../model/ir.ts";

export type Settling = {
  readonly alive: Set<number>;
  /** Whether all rules that the node may collect are alive. */
  readonly isSettled: (node: number) => boolean;
  /** Makes them so. */
  readonly settle: (node: number) => void;
};

export function settling(ir: Ir): Settling {
  const alive = new Set<number>();
  const settled = new Set<number>();

  const isSettled = (number: number): boolean => {
    if (settled.has(number)) return true;
    const node = ir.nodes[number] ?? { kind: "empty" };
    const isDone = node.kind === "rule" ? alive.has(node.rule) : below(node, ir).every(isSettled);
    if (isDone) settled.add(number);
    return isDone;
  };

  const settle = (number: number): void => {
    if (settled.has(number)) return;
    const node = ir.nodes[number] ?? { kind: "empty" };
    if (node.kind === "rule") alive.add(node.rule);
    for (const part of below(node, ir)) settle(part);
    settled.add(number);
  };

  return { alive, isSettled, settle };
}

function below(node: Node, ir: Ir): readonly number[] {
  switch (node.kind) {
    case "empty":
    case "rule":
      return [];
    case "union":
      return node.parts;
    case "test":
      return [node.then, node.otherwise];
    case "lookup":
      return ir.lookups[node.lookup]?.entries.map(([, to]) => to) ?? [];
  }
}
