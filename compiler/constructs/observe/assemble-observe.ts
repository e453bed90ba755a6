/** What a gateway says of how it is observed, put together. */
import { finding } from "../../../grammar/source/diagnostic.ts";
import type { CheckContext } from "../../check/context.ts";
import type { Gateway } from "../../model/program.ts";
import { onlyOne } from "../access/assemble-scope.ts";
import type { Piece } from "../piece.ts";
import { figuresWithoutPlace } from "./observe.diagnostics.ts";

/** Nothing where nothing is said. `written`: the words of the block, good or not. */
export function observeOf(pieces: readonly Piece[], written: ReadonlySet<string>, context: CheckContext): Pick<Gateway, "observe"> {
  const door = onlyOne(pieces, "observe", "`observe`", context)?.door;
  const metrics = onlyOne(pieces, "metrics", "`metrics`", context);
  if (metrics !== undefined && !written.has("observe")) context.report(finding(figuresWithoutPlace, metrics.span, {}));
  if (door === undefined && metrics === undefined) return {};
  return { observe: { ...(door === undefined ? {} : { door }), ...(metrics === undefined ? {} : { metrics: metrics.metrics }) } };
}
