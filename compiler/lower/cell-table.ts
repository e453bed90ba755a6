/** Cells, each once, and for each route the cell of each class. What a certain deny makes moot is left out of a cell. */
import type { Cell, PhaseNodes } from "../model/ir.ts";
import type { ClassPartitions } from "./class-partition.ts";
import { EMPTY, type NodeTable } from "./node-table.ts";
import { type Column, nodesAt } from "./part-nodes.ts";

export type CellTable = {
  /**
   * The row of a route with these denies and allows; equal rows are the same object. `asksBody`: an allow reads the body, so
   * that no call is denied by default before its body was read (D24, D50), whether or not the allow can hold.
   */
  readonly row: (denies: Column, allows: Column, asksBody: boolean) => readonly number[];
  readonly cells: readonly Cell[];
};

export function cellTable(partitions: ClassPartitions, nodes: NodeTable): CellTable {
  const cells: Cell[] = [];
  const numbers = new Map<string, number>();
  const rows = new Map<string, readonly number[]>();
  const isCertain = certainNodes(nodes);

  const cellOf = (denies: PhaseNodes, allows: PhaseNodes): number => {
    const cell = withoutMoot({ denies, allows }, isCertain);
    const key = [cell.denies, cell.allows].map((half) => `${half.request} ${half.principal} ${half.body}`).join(" ");
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, cells.length);
    return cells.push(cell) - 1;
  };

  return {
    cells,
    row: (denies, allows, asksBody) => {
      const { groupOf, representatives } = partitions.by([...denies.labels, ...allows.labels]);
      const allowsAt = (one: number): PhaseNodes => {
        const found = nodesAt(allows, one);
        return asksBody && found.body === EMPTY ? { ...found, body: nodes.barren() } : found;
      };
      const ofGroup = representatives.map((one) => cellOf(nodesAt(denies, one), allowsAt(one)));
      const row = Array.from(groupOf, (group) => ofGroup[group] ?? 0);
      const key = row.join();
      const known = rows.get(key) ?? row;
      rows.set(key, known);
      return known;
    },
  };
}

const NOTHING: PhaseNodes = { request: 0, principal: 0, body: 0 };

/** Denies of the body phase take nothing away: whether it comes to them is for the allows to say. */
function withoutMoot({ denies, allows }: Cell, isCertain: (node: number) => boolean): Cell {
  if (isCertain(denies.request)) return { denies: { ...NOTHING, request: denies.request }, allows: NOTHING };
  if (isCertain(denies.principal)) return { denies: { ...denies, body: 0 }, allows: NOTHING };
  return { denies, allows };
}

/** Whether a node collects a rule for every request. */
function certainNodes(nodes: NodeTable): (node: number) => boolean {
  const known = new Map<number, boolean>();
  const isCertain = (number: number): boolean => {
    const found = known.get(number);
    if (found !== undefined) return found;
    const node = nodes.node(number);
    const certain =
      node.kind === "rule" ||
      (node.kind === "union" && node.parts.some(isCertain)) ||
      (node.kind === "test" && isCertain(node.then) && isCertain(node.otherwise));
    known.set(number, certain);
    return certain;
  };
  return isCertain;
}
