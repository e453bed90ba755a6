/** The rows of numbers in the tables: ranges of addresses, cells, nodes. Equal rows exist once. */
import { nodeKinds } from "../../runtime/contract/tables.ts";
import type { Cell, Ir, LoneNetwork, Node } from "../model/ir.ts";
import type { LookupNumbers } from "./lookup-numbers.ts";
import type { TableContents } from "./table-file.ts";

export type TableNumbers = Omit<TableContents, "data" | "routes" | "routeTree" | "routeCandidates"> & {
  readonly rowNumbers: RowNumbers;
};
/** For each route which row, and which for each entry. */
export type RowNumbers = { readonly ofRoute: readonly number[]; readonly ofEntries: readonly (readonly number[])[] };

export function tableNumbers(ir: Ir, { lookups, lookupKeys, lookupNodes }: LookupNumbers): TableNumbers {
  const { rows, rowNumbers } = sharedRows(ir);
  const { nodes, parts } = nodeNumbers(ir.nodes);
  return {
    ipv4Starts: ir.classes.ipv4.starts,
    ipv4Classes: ir.classes.ipv4.classes,
    ipv6Starts: ir.classes.ipv6.starts.flatMap(ipv6Words),
    ipv6Classes: ir.classes.ipv6.classes,
    rows,
    rowNumbers,
    cells: ir.cells.flatMap(cellNumbers),
    nodes,
    parts,
    ...loneNumbers(ir.classes.lone ?? []),
    lookups,
    lookupKeys,
    lookupNodes,
  };
}

/** An end behind the last address cannot be written, and need not be. */
function loneNumbers(lone: readonly LoneNetwork[]): Pick<TableNumbers, "loneEnds" | "loneIpv4" | "loneIpv6"> {
  const [loneEnds, loneIpv4, loneIpv6]: [number[], number[], number[]] = [[], [], []];
  for (const { ipv4, ipv6 } of lone) {
    for (const bound of ipv4) if (bound < 2 ** 32) loneIpv4.push(bound);
    for (const bound of ipv6) if (bound.length === 32) loneIpv6.push(...ipv6Words(bound));
    loneEnds.push(loneIpv4.length, loneIpv6.length);
  }
  return { loneEnds, loneIpv4, loneIpv6 };
}

function ipv6Words(start: string): readonly number[] {
  return [0, 8, 16, 24].map((at) => Number.parseInt(start.slice(at, at + 8), 16));
}

/** `cellWords` of them. */
function cellNumbers({ denies, allows }: Cell): readonly number[] {
  return [denies.request, denies.principal, denies.body, allows.request, allows.principal, allows.body];
}

function sharedRows(ir: Ir): { readonly rows: readonly number[]; readonly rowNumbers: RowNumbers } {
  const known = new Map<string, number>();
  const rows: number[] = [];
  const rowOf = (cellOfClass: readonly number[]): number => {
    const key = cellOfClass.join(",");
    const row = known.get(key) ?? known.size;
    if (row === known.size) {
      known.set(key, row);
      for (const cell of cellOfClass) rows.push(cell);
    }
    return row;
  };
  const ofRoute = ir.routes.map(({ cellOfClass }) => rowOf(cellOfClass));
  const ofEntries = ir.routes.map(({ entryCells }) => entryCells.map(rowOf));
  return { rows, rowNumbers: { ofRoute, ofEntries } };
}

function nodeNumbers(nodes: readonly Node[]): { readonly nodes: readonly number[]; readonly parts: readonly number[] } {
  const numbers: number[] = [];
  const parts: number[] = [];
  for (const node of nodes) {
    switch (node.kind) {
      case "empty":
        numbers.push(nodeKinds.empty, 0, 0, 0);
        break;
      case "rule":
        numbers.push(nodeKinds.rule, node.rule, 0, 0);
        break;
      case "test":
        numbers.push(nodeKinds.test, node.predicate, node.then, node.otherwise);
        break;
      case "lookup":
        numbers.push(nodeKinds.lookup, node.lookup, 0, 0);
        break;
      case "union":
        numbers.push(nodeKinds.union, parts.length, parts.length + node.parts.length, 0);
        for (const part of node.parts) parts.push(part);
        break;
    }
  }
  return { nodes: numbers, parts };
}
