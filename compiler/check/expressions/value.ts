/** A value that is a phrase: an expression, `stage { ... }`, or a record. */
import type { Term } from "../../../grammar/ast.ts";
import type { Span } from "../../../grammar/source/span.ts";
import type { Expr } from "../../model/expression.ts";
import { type Context, type Hint, refuse, settled } from "./context.ts";
import { inferRecord } from "./record-value.ts";
import { inferStageValue } from "./stage-value.ts";
import { strayTerm, valueExpected } from "./type.diagnostics.ts";

/** `around` is underlined where there is no term. */
export function inferValue(terms: readonly Term[], around: Span, context: Context, hint?: Hint): Expr {
  const [first, second, third] = terms;
  if (first === undefined || first.kind === "mark") return refuse(context, valueExpected, first?.span ?? around, {});
  const staged = first.kind === "name" && first.name === "stage" && second?.kind === "block";
  const stray = staged ? third : second;
  if (stray !== undefined) return refuse(context, strayTerm, stray.span, { unit: unitApart(first, stray) });
  if (staged) return inferStageValue(first, second, context, hint);
  return first.kind === "block" ? inferRecord(first, context, hint) : settled(first, context, hint);
}

const UNITS: readonly string[] = ["ms", "s", "m", "h", "d", "B", "KiB", "MiB", "GiB", "TiB"];

/** `5 s` as `5s`. */
function unitApart(first: Term, stray: Term): string | undefined {
  const isNumber = first.kind === "int" || first.kind === "decimal";
  return isNumber && stray.kind === "name" && UNITS.includes(stray.name) ? `${first.text}${stray.name}` : undefined;
}
