/** When a version of a gateway lets calls in: by rules alone, once a route has taken them and their caller is known. */
import { FALSE, TRUE } from "../../model/boolean-diagram.ts";
import type { Ir, IrRoute, PhaseNodes } from "../../model/ir.ts";
import { type NodeConditions, nodeConditions } from "../node-conditions.ts";
import type { QuestionVariables } from "../question-variables.ts";

/** One caller at one door in one stage. `isKnown`: by the numbers of routes, whether the caller is one whom the route accepts, or nobody needs to be. */
export type Admitting = { readonly ir: Ir; readonly isKnown: readonly boolean[]; readonly door: string | undefined };

/** `cellsOf`: equal texts for classes in which a route lets the same calls in. `when`: of a route and a class, a function of the diagram. */
export type Admission = { readonly cellsOf: (route: number, one: number) => string; readonly when: (route: number, one: number) => number };

export function admission({ ir, isKnown, door }: Admitting, questions: QuestionVariables): Admission {
  const nodes = nodeConditions(ir, questions);
  const entry = door === undefined ? undefined : ir.entries.findIndex(({ name }) => name === door);
  const known = new Map<string, number>();

  const passes = (route: IrRoute): boolean => (entry === undefined ? !route.isPrivate && ir.settings.listen !== undefined : entry >= 0);
  const cellsAt = (route: IrRoute, one: number): readonly number[] => {
    const atDoor = entry === undefined ? [] : [route.entryCells[entry]?.[one] ?? -1];
    return [route.cellOfClass[one] ?? -1, ...atDoor];
  };
  const isShut = (number: number): boolean => {
    const route = ir.routes[number];
    return route === undefined || isKnown[number] !== true || !passes(route);
  };

  return {
    cellsOf: (number, one) => {
      const route = ir.routes[number];
      return route === undefined || isShut(number) ? "" : cellsAt(route, one).join();
    },
    when: (number, one) => {
      const route = ir.routes[number];
      if (route === undefined || isShut(number)) return FALSE;
      const cells = cellsAt(route, one);
      const key = cells.join();
      const found = known.get(key) ?? cells.map((cell) => letsIn(ir, cell, nodes, questions)).reduce(questions.diagram.and, TRUE);
      known.set(key, found);
      return found;
    },
  };
}

function letsIn(ir: Ir, number: number, nodes: NodeConditions, { diagram }: QuestionVariables): number {
  const cell = ir.cells[number];
  if (cell === undefined) return FALSE;
  return diagram.and(any(cell.allows, nodes, diagram.or), diagram.not(any(cell.denies, nodes, diagram.or)));
}

function any({ request, principal, body }: PhaseNodes, nodes: NodeConditions, or: (f: number, g: number) => number): number {
  return [request, principal, body].map(nodes.any).reduce(or, FALSE);
}
