/** The value of a name that is to have none. */
import type { Span } from "../../../grammar/source/span.ts";
import type { Expr } from "../../model/expression.ts";

export const TEXTS = { kind: "list", element: { kind: "string" } } as const;

export function noValues(span: Span): Expr {
  return { op: "list", items: [], type: TEXTS, span };
}
