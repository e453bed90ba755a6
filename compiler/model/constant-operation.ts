/**
 * What an operation makes of values that are known before any request (D43). Promises: what every request would get, or undefined where
 * that takes more than the values: a request, a network, several texts of one value.
 */
import { bareType } from "./bare-type.ts";
import { childrenOf } from "./expression-children.ts";
import type { Expr } from "./expression.ts";
import type { Type, Value } from "./types.ts";

/** `values` are those of the expression's children, in their order; none is absent. */
export function constantOperation(expr: Expr, values: readonly Value[]): Value | undefined {
  const [first, second] = values;
  if (first === undefined) return undefined;
  switch (expr.op) {
    case "compare":
      return second === undefined ? undefined : comparison(expr, first, second);
    case "in":
      return second === undefined ? undefined : membership(expr, first, second);
    case "matches":
      return new RegExp(expr.pattern, "u").test(String(first));
    case "startsWith":
      return String(first).startsWith(String(second));
    case "endsWith":
      return String(first).endsWith(String(second));
    case "contains":
      return String(first).includes(String(second));
    case "lower":
      return String(first).replace(/[A-Z]/g, (letter) => letter.toLowerCase());
    case "sizeOf":
      return sizeOf(first);
    case "text":
      return textOf(first, expr.subject.type);
    case "concat":
      return concatenation(values, childrenOf(expr));
    default:
      return undefined;
  }
}

function comparison(expr: Expr & { readonly op: "compare" }, left: Value, right: Value): boolean | undefined {
  if (!isOneText(expr.left.type) || !isOneText(expr.right.type) || typeof left === "object" || typeof right === "object") return undefined;
  switch (expr.operator) {
    case "==":
      return left === right;
    case "!=":
      return left !== right;
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case ">":
      return left > right;
    case ">=":
      return left >= right;
  }
}

/** Of lists and sets; ranges and networks have arrays as values, too. */
function membership(expr: Expr & { readonly op: "in" }, element: Value, items: Value): boolean | undefined {
  const collection = bareType(expr.collection.type);
  if (collection.kind !== "set" && collection.kind !== "list") return undefined;
  if (!isOneText(expr.element.type) || !isOneText(collection.element) || typeof element === "object" || !Array.isArray(items))
    return undefined;
  return items.includes(element);
}

/** Of a String in code points, of a collection in elements. */
function sizeOf(value: Value): number | undefined {
  if (typeof value === "string") return [...value].length;
  return typeof value === "object" ? Object.keys(value).length : undefined;
}

function textOf(value: Value, type: Type): string | undefined {
  return isOneText(type) && !isTime(type) && typeof value !== "object" ? String(value) : undefined;
}

function concatenation(values: readonly Value[], parts: readonly Expr[]): string | undefined {
  const texts = parts.map(({ type }, at) => textOf(values[at] ?? "", type));
  return texts.every((text) => text !== undefined) ? texts.join("") : undefined;
}

/** Whether a value of the type has one canonical text: a UUID is written in upper and in lower case. */
function isOneText(type: Type): boolean {
  return bareType(type).kind !== "uuid";
}

/** Its value is a number, its text a date. */
function isTime(type: Type): boolean {
  return bareType(type).kind === "time";
}
