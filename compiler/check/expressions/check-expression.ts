/**
 * The door of this room: expressions as written become typed ones. Promises: never throws; one finding for one cause; what holds a
 * finding has the type `poison`, which fits everything.
 */
import type { Expression, Phrase } from "../../../grammar/ast.ts";
import type { Expr } from "../../model/expression.ts";
import type { Type } from "../../model/types.ts";
import type { Report } from "../report.ts";
import { condition, type Context, type Hint, settled } from "./context.ts";
import { fit } from "./fit.ts";
import { infer } from "./infer.ts";
import type { Place } from "./place.ts";
import { inferValue } from "./value.ts";

/**
 * The typed form of `node`. With `expected` the result fits that type or is poison: literals take it on (an Int literal
 * where a Decimal is expected, a text where a newtype is, a bare `GET` where a Method is), and only an expected `T?` takes an
 * optional. Without `expected` any type may come out, also `T?`.
 */
export function checkExpression(node: Expression, place: Place, report: Report, expected?: Type): Expr {
  const context = start(place, report);
  if (expected === undefined) return settled(node, context);
  return expected.kind === "bool" ? condition(node, context) : fit(settled(node, context, hintFor(expected)), expected, context);
}

/**
 * A value that may be a whole phrase: an expression, `stage { dev: ..., prod: ... }` (every stage of the program, each once), or a
 * record `{ name: value }`, which must be constant. `terms` are exactly those of the value; `span` is underlined where there is none.
 */
export function checkValue({ terms, span }: Phrase, place: Place, report: Report, expected?: Type): Expr {
  const context = start(place, report);
  const value = inferValue(terms, span, context, expected && hintFor(expected));
  return expected === undefined ? value : fit(value, expected, context);
}

function hintFor(expected: Type): Hint {
  return { type: expected.kind === "optional" ? expected.type : expected };
}

function start(place: Place, report: Report): Context {
  const { reads } = place;
  const callers = reads.kind === "request" && "callers" in reads.principal ? reads.principal.callers : [];
  return { place, report, facts: { callers, present: new Set() }, items: [], said: new Set(), infer: inferFor(place), value: inferValue };
}

function inferFor({ typed }: Place): Context["infer"] {
  if (typed === undefined) return infer;
  return (node, context, hint) => {
    const expr = infer(node, context, hint);
    typed(node, expr);
    return expr;
  };
}
