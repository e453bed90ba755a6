/** The routes of a gateway as rows, for lists. */
import { whoMayCall } from "../analyze/index.ts";
import type { Ir } from "../model/ir.ts";
import { answersOfRoute, type KnownAnswer } from "../model/route-answers.ts";
import type { Program } from "../model/program.ts";
import type { PlaceOf } from "./shown-files.ts";

export type RouteRow = {
  readonly method: string;
  readonly path: string;
  readonly api?: string;
  readonly version?: number;
  /** Who may call it, in words. */
  readonly access: string;
  /** The refusals that the gateway itself can give. */
  readonly answers: readonly KnownAnswer[];
  /** `file:line` */
  readonly at: string;
};

export function routeRows(ir: Ir, program: Program, placeOf: PlaceOf): readonly RouteRow[] {
  const who = new Map(whoMayCall(ir, program).map((access) => [access.route, access.who]));
  return ir.routes.map(({ key, method, api, version, span }, number) => ({
    method,
    path: key.slice(key.indexOf(" ") + 1),
    ...(api === undefined ? {} : { api }),
    ...(version === undefined ? {} : { version }),
    access: who.get(key) ?? "",
    answers: answersOfRoute(ir, number),
    at: placeOf(span),
  }));
}
