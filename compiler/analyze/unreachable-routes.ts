/** Routes that let nobody in, from no address. Promises: said only where it is certain. */
import { type Diagnostic, finding } from "../../grammar/source/diagnostic.ts";
import { FALSE } from "../model/boolean-diagram.ts";
import type { Cell, Ir, IrRoute } from "../model/ir.ts";
import type { Program, SiteId } from "../model/program.ts";
import { allowsOf, type CellConditions, deniesOf } from "./cell-conditions.ts";
import { unreachableRoute } from "./diagnostics.ts";
import type { StatedAt } from "./program-places.ts";
import { refusersAt } from "./unreachable-rules.ts";

const MOST_NAMED = 3;

/** Without routes that are closed by a deny of their own, which says that somebody meant it, and without those that `isExplained`. */
export function unreachableRoutes(
  program: Program,
  ir: Ir,
  conditions: CellConditions,
  places: ReadonlyMap<SiteId, StatedAt>,
  isExplained: (route: IrRoute) => boolean,
): readonly Diagnostic[] {
  const closed = new Set([...places.values()].filter(isClosing).flatMap(({ routes }) => routes));
  const open = new Map<number, boolean>();
  const isOpen = (number: number): boolean => {
    const cell = ir.cells[number];
    const known = open.get(number) ?? (cell !== undefined && letsSomebodyIn(cell, conditions));
    open.set(number, known);
    return known;
  };
  return ir.routes
    .filter((route) => !closed.has(route.key) && ![...new Set(route.cellOfClass)].some(isOpen) && !isExplained(route))
    .map((route) =>
      finding(unreachableRoute, route.span, { route: route.key }, refusersAt(refusersOf(route, ir, conditions), program, ir)),
    );
}

function isClosing({ statement, level }: StatedAt): boolean {
  return level === "route" && statement.kind === "rule" && statement.effect === "deny" && statement.when.op === "const";
}

function letsSomebodyIn(cell: Cell, { nodes, isPossible }: CellConditions): boolean {
  return allowsOf(cell).some((node) => isPossible([nodes.any(node)], deniesOf(cell)));
}

/** Denies that can be true on the route. */
function refusersOf(route: IrRoute, ir: Ir, { nodes }: CellConditions): readonly number[] {
  const found = new Set<number>();
  for (const number of new Set(route.cellOfClass)) {
    const cell = ir.cells[number];
    for (const { rule, when } of cell === undefined ? [] : deniesOf(cell).flatMap(nodes.rules)) if (when !== FALSE) found.add(rule);
  }
  return [...found].sort((a, b) => a - b).slice(0, MOST_NAMED);
}
