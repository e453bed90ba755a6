/** What a gateway says of how it is observed, put together. */
import { finding } from "../../../grammar/source/diagnostic.ts";
import type { CheckContext } from "../../check/context.ts";
import type { Observe } from "../../model/observe.ts";
import type { Gateway } from "../../model/program.ts";
import { onlyOne } from "../access/assemble-scope.ts";
import { piecesOf, type Piece } from "../piece.ts";
import { figuresWithoutPlace, tracesNotTaken } from "./observe.diagnostics.ts";

/** Nothing where nothing is said. `written`: the words of the block, good or not. */
export function observeOf(pieces: readonly Piece[], written: ReadonlySet<string>, context: CheckContext): Pick<Gateway, "observe"> {
  const door = onlyOne(pieces, "observe", "`observe`", context)?.door;
  const metrics = onlyOne(pieces, "metrics", "`metrics`", context);
  const log = onlyOne(pieces, "log", "`log`", context)?.log;
  const traces = onlyOne(pieces, "traces", "`traces`", context)?.traces;
  if (metrics !== undefined && metrics.metrics.collector === undefined && !written.has("observe"))
    context.report(finding(figuresWithoutPlace, metrics.span, {}));
  for (const trust of piecesOf(pieces, "trust"))
    if (trust.in === "traces" && !written.has("traces")) context.report(finding(tracesNotTaken, trust.span, {}));
  const said: Observe = {
    ...(door === undefined ? {} : { door }),
    ...(metrics === undefined ? {} : { metrics: metrics.metrics }),
    ...(traces === undefined ? {} : { traces }),
    ...(log === undefined ? {} : { log }),
  };
  return Object.keys(said).length === 0 ? {} : { observe: said };
}
