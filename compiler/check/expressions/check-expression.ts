/**
 * The door of this room: expressions as written become typed ones. Promises: never throws; one finding for one cause; a
 * part that has a finding gets the type `poison`, which fits everything.
 */
import type { Expression, Term } from "../../../grammar/ast.ts";
import type { Expr } from "../../model/expression.ts";
import type { Type } from "../../model/types.ts";
import type { Report } from "../report.ts";
import type { Place } from "./place.ts";

/**
 * The typed form of `node`. With `expected` the result fits that type or is poison: literals take it on (an Int literal
 * where a Decimal is expected, a text where a newtype is, a bare `GET` where a Method is), and only an expected `T?` takes an
 * optional. Without `expected` any type but secret, regex and principal may come out, also `T?`.
 */
export function checkExpression(node: Expression, _place: Place, _report: Report, _expected?: Type): Expr {
  return { op: "const", value: false, type: { kind: "poison" }, span: node.span };
}

/**
 * A value that may be a whole phrase: an expression, `stage { dev: ..., prod: ... }` (every stage of the program, each once), or a
 * record `{ name: value }`, which must be constant. `terms` are exactly those of the value.
 */
export function checkValue(terms: readonly Term[], place: Place, report: Report, expected?: Type): Expr {
  const first = terms[0];
  if (first === undefined || first.kind === "block" || first.kind === "mark") throw new Error("being built");
  return checkExpression(first, place, report, expected);
}
