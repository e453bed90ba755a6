/** Types as written become types. Promises: never throws; one finding for one cause, then `poison`. */
import type { Term } from "../../../grammar/ast.ts";
import type { Type } from "../../model/types.ts";
import type { Report } from "../report.ts";
import type { TypeScope } from "./type-scope.ts";
import type { Span } from "../../../grammar/source/span.ts";

/**
 * `terms` are exactly those of the type: `String max 40`, `{ a: Int, b: T? }`, `List<T> size 1..200`, `"EUR" | "USD"`, `OrderId?`.
 * `around` is underlined where there is no term at all.
 */
export function readType(_terms: readonly Term[], _around: Span, _scope: TypeScope, _report: Report): Type {
  return { kind: "poison" };
}
