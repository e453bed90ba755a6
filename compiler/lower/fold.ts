/**
 * An expression with all done that the compiler can do: facts of the route filled in, constants computed. What the stage
 * and the environment bring stays. Promises the same value for every request of the route, by D43.
 */
import { mapChildren } from "../model/expression-children.ts";
import type { Expr } from "../model/expression.ts";
import type { TagValue } from "../model/program.ts";
import type { Type } from "../model/types.ts";
import { absent, BOOL, bool, constant, isAbsent, isFalse, isTrue } from "./constants.ts";
import { foldOperation } from "./fold-constants.ts";
import { isAlwaysPresent } from "./presence.ts";
import type { RouteFacts } from "./route-facts.ts";

export function fold(expr: Expr, facts: RouteFacts): Expr {
  const filled = fillIn(expr, facts);
  return filled === expr ? reduce(mapChildren(expr, (child) => fold(child, facts))) : filled;
}

function fillIn(expr: Expr, facts: RouteFacts): Expr {
  switch (expr.op) {
    case "tag":
      return tagged(expr, facts.tags[expr.name]);
    case "routeFact":
      return known(expr, facts[expr.fact]);
    case "method":
      return facts.method === undefined ? expr : constant(expr.type, facts.method, expr.span);
    case "isKnown":
      return bool(facts.accept.length > 0, expr.span);
    case "isIdentity":
      if (!mayHave(facts, [expr.identity])) return bool(false, expr.span);
      return facts.accept.every((caller) => caller.includes(expr.identity)) ? bool(true, expr.span) : expr;
    case "principalId":
      return facts.accept.length > 0 && (expr.of === undefined || mayHave(facts, [expr.of])) ? expr : absent(expr.type, expr.span);
    case "principalField":
      return mayHave(facts, expr.identities) ? expr : absent(expr.type, expr.span);
    default:
      return expr;
  }
}

function mayHave({ accept }: RouteFacts, identities: readonly string[]): boolean {
  return accept.some((caller) => caller.some((identity) => identities.includes(identity)));
}

/** A value that depends on the stage is picked at the start. */
function tagged(expr: Expr, value: TagValue | undefined): Expr {
  if (typeof value !== "object") return known(expr, value);
  const type = present(expr.type);
  const values = Object.entries(value).map(([stage, text]) => [stage, constant(type, text, expr.span)]);
  return { op: "stageValue", values: Object.fromEntries(values), type, span: expr.span };
}

function known(expr: Expr, value: string | number | undefined): Expr {
  return value === undefined ? absent(expr.type, expr.span) : constant(present(expr.type), value, expr.span);
}

/** One step, its children being done. */
function reduce(expr: Expr): Expr {
  switch (expr.op) {
    case "not":
      return isTrue(expr.operand) || isFalse(expr.operand) || isAbsent(expr.operand) ? bool(!isTrue(expr.operand), expr.span) : expr;
    case "and":
    case "or":
      return reduceJunction(expr);
    case "if":
      if (isTrue(expr.condition)) return expr.then;
      return isFalse(expr.condition) || isAbsent(expr.condition) ? expr.otherwise : expr;
    case "compare":
      return isAbsent(expr.left) || isAbsent(expr.right) ? bool(false, expr.span) : foldOperation(expr);
    case "in":
      return isAbsent(expr.element) || isAbsent(expr.collection) ? bool(false, expr.span) : foldOperation(expr);
    case "matches":
      return isAbsent(expr.subject) ? bool(false, expr.span) : foldOperation(expr);
    case "startsWith":
    case "endsWith":
    case "contains":
      return isAbsent(expr.subject) || isAbsent(expr.part) ? bool(false, expr.span) : foldOperation(expr);
    case "has":
      if (isAbsent(expr.operand)) return bool(false, expr.span);
      return expr.operand.op === "const" ? bool(true, expr.span) : expr;
    case "coalesce":
      if (isAbsent(expr.left)) return expr.right;
      return expr.left.op === "const" || isAbsent(expr.right) ? expr.left : expr;
    case "lower":
    case "sizeOf":
    case "text":
      return isAbsent(expr.subject) ? absent(expr.type, expr.span) : foldOperation(expr);
    case "concat":
      return expr.parts.some(isAbsent) ? absent(expr.type, expr.span) : foldOperation(expr);
    case "each":
      return isAbsent(expr.collection) ? absent(expr.type, expr.span) : expr;
    case "field":
      return isAbsent(expr.object) ? absent(expr.type, expr.span) : expr;
    case "list":
      return reduceList(expr);
    default:
      return expr;
  }
}

type Junction = Expr & { readonly op: "and" | "or" };

function reduceJunction(expr: Junction): Expr {
  const decides = expr.op === "and" ? (part: Expr) => isFalse(part) || isAbsent(part) : isTrue;
  const isIdle = expr.op === "and" ? isTrue : (part: Expr) => isFalse(part) || isAbsent(part);
  if (expr.operands.some(decides)) return bool(expr.op === "or", expr.span);
  const operands = expr.operands.filter((part) => !isIdle(part));
  if (operands.length === expr.operands.length) return expr;
  if (operands.length === 0) return bool(expr.op === "and", expr.span);
  const [only] = operands;
  // A lone operand that is absent is not the false that `and` and `or` make of it.
  return operands.length === 1 && only !== undefined && isAlwaysPresent(only) ? only : { ...expr, type: BOOL, operands };
}

function reduceList(expr: Expr & { readonly op: "list" }): Expr {
  const items = expr.items.filter((item) => !isAbsent(item));
  const values = items.flatMap((item) => (item.op === "const" ? [item.value] : []));
  if (values.length === items.length) return constant(expr.type, values, expr.span);
  return items.length === expr.items.length ? expr : { ...expr, items };
}

function present(type: Type): Type {
  return type.kind === "optional" ? type.type : type;
}
