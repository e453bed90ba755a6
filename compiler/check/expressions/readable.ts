/** Whether a fact is known where the expression stands. */
import type { Span } from "../../../grammar/source/span.ts";
import type { Expr } from "../../model/expression.ts";
import { type Context, refuse } from "./context.ts";
import { notForSelection, notReadableHere } from "./name.diagnostics.ts";

/** When a fact is known: at compile time for each route, at the start of the gateway, or with a request. */
export type Known = "route" | "start" | "request";

/** `what` as written. Undefined where it may be read; else poison, after a finding. */
export function unreadable(what: string, known: Known, span: Span, context: Context): Expr | undefined {
  const reads = context.place.reads;
  switch (reads.kind) {
    case "request":
      return undefined;
    case "selector":
      return known === "route" ? undefined : refuse(context, notForSelection, span, { what });
    case "nothing":
      return known === "start" ? undefined : refuse(context, notReadableHere, span, { what, where: reads.what });
  }
}
