/** Cells, each once, and for each route the cell of each class. What a certain deny makes moot is left out of a cell. */
import type { Cell, PhaseNodes } from "../model/ir.ts";
import type { ClassPartitions } from "./class-partition.ts";
import { EMPTY, type NodeTable } from "./node-table.ts";
import { type Column, nodesAt } from "./part-nodes.ts";

export type CellTable = {
  /**
   * The row of a route with these denies and allows; of the same denies and allows it is the same object. `asksBody`: an allow reads the body, so
   * that no call is denied by default before its body was read (D24, D50), whether or not the allow can hold.
   */
  readonly row: (denies: Column, allows: Column, asksBody: boolean) => readonly number[];
  /** The row of an entry's policy on a route. Its allows are asked before denies that read the principal, so none of them is moot. */
  readonly entryRow: (denies: Column, allows: Column) => readonly number[];
  readonly cells: readonly Cell[];
};

export function cellTable(partitions: ClassPartitions, nodes: NodeTable): CellTable {
  const { cells, cellOf, exactCellOf } = cellNumbers(certainNodes(nodes));
  const rows = new Map<Column, Map<Column, readonly number[]>>();
  const entryRows = new Map<Column, Map<Column, readonly number[]>>();
  const barren = new Map<PhaseNodes, PhaseNodes>();

  const asking = (allows: PhaseNodes): PhaseNodes => {
    if (allows.body !== EMPTY) return allows;
    const known = barren.get(allows) ?? { ...allows, body: nodes.barren() };
    barren.set(allows, known);
    return known;
  };

  const makeRow = (denies: Column, allows: Column, cellAt: CellOf): readonly number[] => {
    const { groupOf, representatives } = partitions.both(denies.partition, allows.partition);
    const ofGroup = representatives.map((one) => cellAt(nodesAt(denies, one), nodesAt(allows, one)));
    const row: number[] = [];
    for (let one = 0; one < groupOf.length; one++) row.push(ofGroup[groupOf[one] ?? 0] ?? 0);
    return row;
  };

  return {
    cells,
    row: (denies, allows, asksBody) => {
      return once(rows, denies, allows, () => makeRow(denies, allows, asksBody ? (left, right) => cellOf(left, asking(right)) : cellOf));
    },
    entryRow: (denies, allows) => once(entryRows, denies, allows, () => makeRow(denies, allows, exactCellOf)),
  };
}

type Rows = Map<Column, Map<Column, readonly number[]>>;

function once(rows: Rows, denies: Column, allows: Column, make: () => readonly number[]): readonly number[] {
  const known = rows.get(denies) ?? new Map<Column, readonly number[]>();
  rows.set(denies, known);
  const row = known.get(allows) ?? make();
  known.set(allows, row);
  return row;
}

/** Node numbers stay below this, so two fit into one exact number. */
const HALVES = 2 ** 26;

type CellOf = (denies: PhaseNodes, allows: PhaseNodes) => number;
/** `exactCellOf` leaves nothing out. */
type CellNumbers = { readonly cells: readonly Cell[]; readonly cellOf: CellOf; readonly exactCellOf: CellOf };

function cellNumbers(isCertain: (node: number) => boolean): CellNumbers {
  const cells: Cell[] = [];
  const numbers = new Map<number, number>();
  const halves = halfNumbers();
  /** What a half of denies makes of any half of allows, where that is one cell; undefined where the allows matter. */
  const decided = new Map<PhaseNodes, Cell | undefined>();

  const decidedCell = (denies: PhaseNodes): Cell | undefined => {
    if (decided.has(denies)) return decided.get(denies);
    const cell = withoutMoot(denies, isCertain);
    decided.set(denies, cell);
    return cell;
  };

  const numberOf = (cell: Cell): number => {
    const key = halves(cell.denies) * HALVES + halves(cell.allows);
    const known = numbers.get(key) ?? cells.push(cell) - 1;
    numbers.set(key, known);
    return known;
  };

  return {
    cells,
    cellOf: (denies, allows) => numberOf(decidedCell(denies) ?? { denies, allows }),
    exactCellOf: (denies, allows) => numberOf({ denies, allows }),
  };
}

/** Equal halves have equal numbers. */
function halfNumbers(): (half: PhaseNodes) => number {
  const byObject = new Map<PhaseNodes, number>();
  const byText = new Map<string, number>();
  return (half) => {
    const known = byObject.get(half);
    if (known !== undefined) return known;
    const text = `${half.request} ${half.principal} ${half.body}`;
    const number = byText.get(text) ?? byText.size;
    byText.set(text, number);
    byObject.set(half, number);
    return number;
  };
}

const NOTHING: PhaseNodes = { request: 0, principal: 0, body: 0 };

/** Denies of the body phase take nothing away: whether it comes to them is for the allows to say. */
function withoutMoot(denies: PhaseNodes, isCertain: (node: number) => boolean): Cell | undefined {
  if (isCertain(denies.request)) return { denies: { ...NOTHING, request: denies.request }, allows: NOTHING };
  return isCertain(denies.principal) ? { denies: { ...denies, body: 0 }, allows: NOTHING } : undefined;
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
