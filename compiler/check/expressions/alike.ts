/** Whether two values can be compared at all, once literals have taken on the type of the other side. */
import { finding } from "../../../grammar/source/diagnostic.ts";
import type { Expr } from "../../model/expression.ts";
import type { Type } from "../../model/types.ts";
import { baseOf } from "../types/built-in-types.ts";
import { fitValue } from "../types/fit-value.ts";
import { shortType } from "../types/print-type.ts";
import type { Context } from "./context.ts";
import { origins } from "./describe.ts";
import { literalDoesNotFit, numberWithoutUnit } from "./type.diagnostics.ts";
import { unitCandidates } from "./unit-candidates.ts";

export type Pair = { readonly left: Expr; readonly right: Expr };

/**
 * Undefined where the two have nothing to do with each other; "reported" where a literal is of the right sort but outside the other's
 * type. `exact`: such a literal is a mistake; `wide`: it may lie outside, as in `qty <= 5000` of an `Int 1..999`.
 */
export function alike(left: Expr, right: Expr, how: "exact" | "wide", context: Context): Pair | "reported" | undefined {
  if (right.op === "const" || right.op === "list") {
    const fitted = taken(right, left, how, context);
    if (fitted === "reported") return fitted;
    if (fitted !== undefined) return { left, right: fitted };
  }
  if (left.op === "const" || left.op === "list") {
    const fitted = taken(left, right, how, context);
    if (fitted === "reported") return fitted;
    if (fitted !== undefined) return { left: fitted, right };
  }
  return shareValues(left.type, right.type) ? { left, right } : undefined;
}

/** `literal` with the type of `other`; undefined where it is of another sort. */
function taken(literal: Expr, other: Expr, how: "exact" | "wide", context: Context): Expr | "reported" | undefined {
  if (literal.op === "list") return takenByItems(literal.items, literal, other, how, context);
  if (literal.op !== "const" || other.op === "const") return undefined;
  const type = how === "wide" ? withoutBounds(other.type) : other.type;
  const fit = fitValue(literal.value, literal.type, type);
  if (fit.kind === "fits") return { ...literal, value: fit.value, type };
  const written = JSON.stringify(literal.value);
  const candidates = unitCandidates(literal, other.type);
  if (candidates !== undefined) {
    context.report(finding(numberWithoutUnit, literal.span, { written, type: shortType(other.type), candidates }));
    return "reported";
  }
  if (fit.kind === "alien") return undefined;
  const holes = { written, type: shortType(other.type), why: fit.why, meant: fit.meant };
  context.report(finding(literalDoesNotFit, literal.span, holes, origins(other, context.place)));
  return "reported";
}

function takenByItems(
  items: readonly Expr[],
  literal: Expr,
  other: Expr,
  how: "exact" | "wide",
  context: Context,
): Expr | "reported" | undefined {
  if (other.type.kind !== "list" && other.type.kind !== "set") return undefined;
  const element: Expr = { ...other, type: other.type.element };
  const fitted: Expr[] = [];
  for (const item of items) {
    const pair = alike(element, item, how, context);
    if (pair === undefined || pair === "reported") return pair;
    fitted.push(pair.right);
  }
  return { op: "list", items: fitted, type: { kind: other.type.kind, element: other.type.element }, span: literal.span };
}

function withoutBounds(type: Type): Type {
  const base = baseOf(type);
  return base.kind === "int" || base.kind === "decimal" ? { kind: base.kind } : base;
}

/** Whether a value can be of both types, bounds and patterns aside. */
function shareValues(a: Type, b: Type): boolean {
  if (a.kind === "poison" || b.kind === "poison") return true;
  if (a.kind === "newtype" && b.kind === "newtype") return a.name === b.name;
  const [x, y] = [baseOf(a), baseOf(b)];
  if (x.kind === "literals" && y.kind === "literals") return x.values.some((value) => y.values.includes(value));
  if (x.kind === "literals") return fitsPlain(x.values, y);
  if (y.kind === "literals") return fitsPlain(y.values, x);
  if ((x.kind === "list" || x.kind === "set") && x.kind === y.kind) return shareValues(x.element, y.element);
  return x.kind === y.kind;
}

function fitsPlain(values: readonly (string | number)[], type: Type): boolean {
  const wanted = type.kind === "string" ? "string" : type.kind === "int" ? "number" : undefined;
  return values.some((value) => typeof value === wanted);
}

/** What `==` can compare. */
export function isComparable(type: Type): boolean {
  const base = baseOf(type);
  switch (base.kind) {
    case "record":
    case "map":
    case "optional":
    case "range":
    case "network":
    case "regex":
    case "secret":
    case "principal":
      return false;
    case "set":
    case "list":
      return isComparable(base.element);
    default:
      return true;
  }
}

export function isOrdered(type: Type): boolean {
  const base = baseOf(type);
  switch (base.kind) {
    case "int":
    case "decimal":
    case "duration":
    case "size":
    case "percent":
    case "time":
    case "timeOfDay":
    case "status":
      return true;
    case "literals":
      return base.values.every((value) => typeof value === "number");
    default:
      return false;
  }
}
