/** Expressions that the compiler makes itself: constants, and the absent value. */
import type { Expr } from "../model/expression.ts";
import type { Span } from "../../grammar/source/span.ts";
import type { Type, Value } from "../model/types.ts";

export const BOOL: Type = { kind: "bool" };
export const STRING: Type = { kind: "string" };

export function constant(type: Type, value: Value, span: Span): Expr {
  return { op: "const", type, span, value };
}

export function bool(value: boolean, span: Span): Expr {
  return constant(BOOL, value, span);
}

export function isTrue(expr: Expr): boolean {
  return expr.op === "const" && expr.value === true;
}

export function isFalse(expr: Expr): boolean {
  return expr.op === "const" && expr.value === false;
}

/** A field that no identity brings: absent for every request. */
export function absent(type: Type, span: Span): Expr {
  return { op: "principalField", name: "", identities: [], type, span };
}

export function isAbsent(expr: Expr): boolean {
  return expr.op === "principalField" && expr.identities.length === 0;
}
