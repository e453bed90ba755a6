/** `==`, `!=`, `<`, `<=`, `>`, `>=`: values of one type; a literal takes on the type of the other side. */
import type { Binary, Expression, NameNode } from "../../../grammar/ast.ts";
import type { Expr } from "../../model/expression.ts";
import type { Type } from "../../model/types.ts";
import { shortType } from "../types/print-type.ts";
import { comparisonAdvice } from "./advice.ts";
import { alike, isComparable, isOrdered } from "./alike.ts";
import { BOOL, type Context, declaredValue, type Hint, guarded, isPoison, poison, refuse, settled, type Words } from "./context.ts";
import { origins } from "./describe.ts";
import { isNothing } from "./habits.ts";
import { incompleteRoot } from "./name.diagnostics.ts";
import { incomparable, notOrdered } from "./type.diagnostics.ts";

export type ComparisonOperator = Extract<Expr, { op: "compare" }>["operator"];

export function inferComparison(node: Binary, operator: ComparisonOperator, context: Context): Expr {
  const nothing = [node.left, node.right].find((part) => isUndeclared(part, context) && isNothing(part.name));
  if (nothing !== undefined) return context.infer(nothing, context);
  const asked = identityCompared(node, context);
  if (asked !== undefined) return refuse(context, incompleteRoot, node.span, { name: "principal", example: `principal is ${asked}` });
  const [left, right] = bothSides(node.left, node.right, context);
  if (isPoison(left) || isPoison(right)) return poison(node.span);
  const unfit = [left, right].find((side) => !isComparable(side.type));
  const pair = unfit === undefined ? alike(left, right, isEquality(operator) ? "exact" : "wide", context) : undefined;
  if (pair === "reported") return poison(node.span);
  if (pair === undefined) {
    const holes = { left: shortType(left.type), right: shortType(right.type), help: comparisonAdvice(left, right) };
    return refuse(context, incomparable, node.span, holes, [...origins(left, context.place), ...origins(right, context.place)]);
  }
  if (!isEquality(operator) && !isOrdered(pair.left.type))
    return refuse(context, notOrdered, node.operatorSpan, { operator, type: shortType(pair.left.type) });
  const compare = (symbol: ComparisonOperator): Expr => ({ op: "compare", operator: symbol, ...pair, type: BOOL, span: node.span });
  // A route without the tag has another value than any that the tag can have, so `!=` is true there.
  const different = operator === "!=" && (isRouteFact(left) || isRouteFact(right));
  return different ? { op: "not", operand: compare("=="), type: BOOL, span: node.span } : compare(operator);
}

function isUndeclared(node: Expression, context: Context): node is NameNode {
  return node.kind === "name" && declaredValue(node, context) === undefined;
}

/** The identity in `principal == Customer`. */
function identityCompared({ left, right }: Binary, context: Context): string | undefined {
  const isCaller = (side: Expression): boolean => isUndeclared(side, context) && side.name === "principal";
  const other = isCaller(left) ? right : isCaller(right) ? left : undefined;
  return other?.kind === "name" && context.place.identities.some(({ name }) => name === other.name) ? other.name : undefined;
}

function isEquality(operator: ComparisonOperator): boolean {
  return operator === "==" || operator === "!=";
}

/** Tags and facts of the route and of the door may be compared as they are: whether there are any says something. */
function isRouteFact(expr: Expr): boolean {
  return expr.op === "tag" || expr.op === "routeFact" || expr.op === "entryFact";
}

/** Each side gives the hint for the other; the one that says more is read first. */
export function bothSides(left: Expression, right: Expression, context: Context): readonly [Expr, Expr] {
  if (speaksLess(left) && !speaksLess(right)) {
    const second = side(right, context);
    return [side(left, context, hintOf(second, context)), second];
  }
  const first = side(left, context);
  return [first, side(right, context, hintOf(first, context))];
}

function speaksLess(node: Expression): boolean {
  if (node.kind === "paren") return speaksLess(node.inner);
  return node.kind === "list" || node.kind === "int" || (node.kind === "name" && node.name !== "stage");
}

export function side(node: Expression, context: Context, hint?: Hint): Expr {
  const expr = settled(node, context, hint);
  return isRouteFact(expr) && expr.type.kind === "optional" ? { ...expr, type: expr.type.type } : guarded(expr, context);
}

export function hintOf(expr: Expr, context: Context): Hint {
  const words = wordsOf(expr, context);
  return words === undefined ? { type: expr.type } : { type: expr.type, words };
}

function wordsOf(expr: Expr, { place }: Context): Words | undefined {
  if (expr.op === "stage") return { what: "stage", names: place.stages };
  if (expr.op === "entryFact" && expr.fact === "name") return { what: "entry", names: place.entries };
  return expr.op === "routeFact" && expr.fact === "api" ? { what: "api", names: place.apis } : undefined;
}

export function listOf(element: Type): Type {
  return { kind: "list", element };
}
