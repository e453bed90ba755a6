/** The routes of a gateway as rows, for lists. */
import type { Span } from "../../grammar/source/span.ts";
import type { Ir } from "../model/ir.ts";
import type { Program } from "../model/program.ts";

export type RouteRow = {
  readonly method: string;
  readonly path: string;
  readonly api?: string;
  readonly version?: number;
  /** Who may call it, in words. */
  readonly access: string;
  /** `file:line` */
  readonly at: string;
};

export function routeRows(ir: Ir, program: Program, placeOf: (span: Span) => string): readonly RouteRow[] {
  return ir.routes.map(({ key, method, api, version, span, isPublic, accept }) => ({
    method,
    path: key.slice(key.indexOf(" ") + 1),
    ...(api === undefined ? {} : { api }),
    ...(version === undefined ? {} : { version }),
    access: isPublic ? "public" : accept.map((index) => program.identities[index]?.name ?? "").join(" or "),
    at: placeOf(span),
  }));
}
