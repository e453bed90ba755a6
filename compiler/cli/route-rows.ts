/** The routes of a gateway as rows, for lists. */
import { pathOfRoute } from "../../runtime/contract/route-key.ts";
import { whoMayCall } from "../analyze/index.ts";
import type { Ir, IrRoute } from "../model/ir.ts";
import { answersOfRoute, type KnownAnswer } from "../model/route-answers.ts";
import type { Program } from "../model/program.ts";
import { versionWords } from "../model/version-words.ts";
import type { PlaceOf } from "./shown-files.ts";

export type RouteRow = {
  readonly method: string;
  readonly path: string;
  readonly api?: string;
  readonly version?: number;
  /** How requests choose the version; absent: the path decides. */
  readonly chosen?: string;
  /** Who may call it, in words. */
  readonly access: string;
  /** By which doors it is reached: entries, and `listen`, the gateway's own. Absent where the gateway has no other. */
  readonly doors?: readonly string[];
  /** The refusals that the gateway itself can give. */
  readonly answers: readonly KnownAnswer[];
  /** `file:line` */
  readonly at: string;
};

export function routeRows(ir: Ir, program: Program, placeOf: PlaceOf): readonly RouteRow[] {
  const who = new Map(whoMayCall(ir, program).map((access) => [access.route, access.who]));
  return ir.routes.map(({ key, method, api, version, span, ...route }, number) => ({
    method,
    path: pathOfRoute(key),
    ...(api === undefined ? {} : { api }),
    ...(version === undefined ? {} : { version }),
    ...chosenIn(ir, number),
    access: who.get(key) ?? "",
    ...(ir.entries.length === 0 ? {} : { doors: doorsOf(route, ir) }),
    answers: answersOfRoute(ir, number),
    at: placeOf(span),
  }));
}

function chosenIn(ir: Ir, number: number): Pick<RouteRow, "chosen"> {
  const route = ir.routes[number];
  const chosen = route && versionWords(ir, route);
  return chosen === undefined ? {} : { chosen };
}

/** An entry leads to a route where some rule of its policy may let in somebody, and none is certain to refuse. */
function doorsOf({ isPrivate, entryCells }: Pick<IrRoute, "isPrivate" | "entryCells">, ir: Ir): readonly string[] {
  const { settings, entries, cells } = ir;
  const own = settings.listen === undefined || isPrivate ? [] : ["listen"];
  const leading = entries.filter((_, at) =>
    (entryCells[at] ?? []).some((number) => {
      const cell = cells[number];
      if (cell === undefined || (cell.allows.request === 0 && cell.allows.principal === 0)) return false;
      return !refuses(cell.denies.request, ir) && !refuses(cell.denies.principal, ir);
    }),
  );
  return [...own, ...leading.map(({ name }) => name)];
}

/** Whether walking the node collects a rule whatever the request says. */
function refuses(number: number, ir: Ir): boolean {
  const node = ir.nodes[number];
  return node?.kind === "rule" || (node?.kind === "union" && node.parts.some((part) => refuses(part, ir)));
}
