/** A condition as truth values over atoms: what its words say, without a choice of order. */
import type { Expr } from "../model/expression.ts";
import type { Value } from "../model/types.ts";
import type { AtomMaker, Scalar } from "./make-atoms.ts";
import { BOOL, isAbsent } from "./constants.ts";
import { foldOperation } from "./fold-constants.ts";
import { isDiscrete, isDiscreteCollection } from "../model/discrete-type.ts";
import { atStage } from "./plain-networks.ts";
import { isAlwaysPresent } from "./presence.ts";

export type Formula =
  | { readonly kind: "constant"; readonly value: boolean }
  | { readonly kind: "atom"; readonly atom: number }
  | { readonly kind: "not"; readonly operand: Formula }
  | { readonly kind: "all" | "any"; readonly operands: readonly Formula[] }
  | { readonly kind: "choice"; readonly condition: Formula; readonly then: Formula; readonly otherwise: Formula };

/** Constant sets up to this size are told apart value by value; larger ones are one question. */
const TOLD_APART = 256;

/** Of a folded condition whose networks are plain. Something absent is false. */
export function formulaOf(expr: Expr, atoms: AtomMaker): Formula {
  const inner = (part: Expr): Formula => formulaOf(part, atoms);
  switch (expr.op) {
    case "const":
      return { kind: "constant", value: expr.value === true };
    case "not":
      return not(inner(expr.operand));
    case "and":
      return { kind: "all", operands: expr.operands.map(inner) };
    case "or":
      return { kind: "any", operands: expr.operands.map(inner) };
    case "if":
      return { kind: "choice", condition: inner(expr.condition), then: inner(expr.then), otherwise: inner(expr.otherwise) };
    case "stageValue":
      return byStage(expr, expr.values, inner, atoms);
    case "isIdentity":
      return { kind: "atom", atom: atoms.identity(expr, expr.identity) };
    case "compare":
      return comparison(expr, atoms);
    case "in":
      return membership(expr, atoms);
    default:
      return isAbsent(expr) ? { kind: "constant", value: false } : other(expr, atoms);
  }
}

export function not(operand: Formula): Formula {
  if (operand.kind === "constant") return { kind: "constant", value: !operand.value };
  return operand.kind === "not" ? operand.operand : { kind: "not", operand };
}

function other(expr: Expr, atoms: AtomMaker): Formula {
  return { kind: "atom", atom: atoms.other(expr) };
}

/** Two constants met only when a stage was chosen. */
function settled(expr: Expr, atoms: AtomMaker): Formula {
  return expr.op === "const" ? { kind: "constant", value: expr.value === true } : other(expr, atoms);
}

function byStage(at: Expr, values: Readonly<Record<string, Expr>>, inner: (value: Expr) => Formula, atoms: AtomMaker): Formula {
  const operands = Object.entries(values).map(
    ([stage, value]): Formula => ({ kind: "all", operands: [formulaOf(atStage(stage, at), atoms), inner(value)] }),
  );
  return { kind: "any", operands };
}

function comparison(expr: Expr & { readonly op: "compare" }, atoms: AtomMaker): Formula {
  const { left, right, operator } = expr;
  if (left.op === "const" && right.op === "const") return settled(foldOperation(expr), atoms);
  if (right.op === "stageValue") return byStage(expr, right.values, (value) => comparison({ ...expr, right: value }, atoms), atoms);
  if (left.op === "const") return comparison(turned(expr), atoms);
  if (operator === "!=" && isAlwaysPresent(left) && isAlwaysPresent(right)) return not(comparison({ ...expr, operator: "==" }, atoms));
  if (operator !== "==") return other(expr, atoms);
  if (right.op !== "const") return other(expr, atoms);
  if (left.type.kind === "bool" && right.value === true) return formulaOf(left, atoms);
  if (left.type.kind === "bool" && right.value === false && isAlwaysPresent(left)) return not(formulaOf(left, atoms));
  if (!isScalar(right.value) || !isDiscrete(left.type)) return other(expr, atoms);
  return { kind: "atom", atom: atoms.equals(left, right.value, expr) };
}

const TURNED = { "==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<=" } as const;

function turned(expr: Expr & { readonly op: "compare" }): Expr & { readonly op: "compare" } {
  return { ...expr, operator: TURNED[expr.operator], left: expr.right, right: expr.left };
}

function membership(expr: Expr & { readonly op: "in" }, atoms: AtomMaker): Formula {
  const { element, collection } = expr;
  switch (collection.op) {
    case "network":
      if (element.op === "clientIp") return { kind: "atom", atom: atoms.network(expr, collection.name) };
      return other(expr, atoms);
    case "stageValue":
      return byStage(expr, collection.values, (value) => membership({ ...expr, collection: value }, atoms), atoms);
    case "if": {
      const inside = (value: Expr): Formula => membership({ ...expr, collection: value }, atoms);
      const condition = formulaOf(collection.condition, atoms);
      return { kind: "choice", condition, then: inside(collection.then), otherwise: inside(collection.otherwise) };
    }
    case "list":
      return { kind: "any", operands: collection.items.map((item) => comparison(equal(element, item, expr), atoms)) };
    case "const":
      return inConstant(expr, collection.value, atoms);
    default:
      if (element.op !== "const" || !isScalar(element.value) || !isDiscreteCollection(collection.type)) return other(expr, atoms);
      return { kind: "atom", atom: atoms.contains(collection, element.value, expr) };
  }
}

function inConstant(expr: Expr & { readonly op: "in" }, value: Value, atoms: AtomMaker): Formula {
  const { element, collection } = expr;
  const values = collection.type.kind !== "range" && Array.isArray(value) ? value.filter(isScalar) : [];
  if (element.op === "const") return settled(foldOperation(expr), atoms);
  if (!isDiscrete(element.type) || values.length === 0) return other(expr, atoms);
  if (values.length > TOLD_APART) return { kind: "atom", atom: atoms.oneOf(element, values, expr) };
  return { kind: "any", operands: values.map((each): Formula => ({ kind: "atom", atom: atoms.equals(element, each, expr) })) };
}

function equal(left: Expr, right: Expr, at: Expr): Expr & { readonly op: "compare" } {
  return { op: "compare", operator: "==", left, right, type: BOOL, span: at.span };
}

function isScalar(value: Value): value is Scalar {
  return typeof value === "string" || typeof value === "number";
}
