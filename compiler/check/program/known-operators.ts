/** Operators on values that are known before any request. Undefined: this value's kind needs more than the compiler knows here. */
import type { Type, Value } from "../../model/types.ts";

type Operator = "==" | "!=" | "<" | "<=" | ">" | ">=";

export function comparison(operator: Operator, left: Value, right: Value): boolean | undefined {
  if (typeof left === "object" || typeof right === "object") return undefined;
  switch (operator) {
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

/** `collection` is the value of a list or set. */
export function membership(element: Value, collection: Value): boolean | undefined {
  if (!Array.isArray(collection) || typeof element === "object" || collection.some((member) => typeof member === "object"))
    return undefined;
  return collection.includes(element);
}

/** Of a String in code points, of a collection in elements. */
export function sizeOf(value: Value): number {
  if (typeof value === "string") return [...value].length;
  return typeof value === "object" ? Object.keys(value).length : 0;
}

export function textOf(value: Value, type: Type): string | undefined {
  return type.kind === "time" || typeof value === "object" ? undefined : String(value);
}
