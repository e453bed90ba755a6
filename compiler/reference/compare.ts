/** `==`, `!=` and the orders (D43). Promises: something absent, and a network, make every comparison false. */
import type { Type, Value } from "../model/types.ts";
import { baseOf, type BaseType } from "./base-type.ts";
import { isSameJson } from "./json.ts";
import { isItems, isRecord, own } from "./values.ts";

export type Operator = "==" | "!=" | "<" | "<=" | ">" | ">=";

export function compares(left: unknown, operator: Operator, right: unknown, leftType: Type, rightType: Type): boolean {
  if (left === undefined || right === undefined || typeof left === "function" || typeof right === "function") return false;
  const type = baseOf(rightType).kind === "set" ? rightType : leftType;
  switch (operator) {
    case "==":
      return isSame(left, right, baseOf(type));
    case "!=":
      return !isSame(left, right, baseOf(type));
    default:
      return (
        (typeof left === "number" && typeof right === "number" && orders(left, operator, right)) ||
        (typeof left === "string" && typeof right === "string" && orders(left, operator, right))
      );
  }
}

/** Numbers by size, strings by UTF-16 code units. */
function orders<T extends number | string>(left: T, operator: Exclude<Operator, "==" | "!=">, right: T): boolean {
  switch (operator) {
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

/** Whether two values of one type are equal: sets whatever their order, all else part by part. */
export function isSame(left: unknown, right: unknown, type: BaseType): boolean {
  if (isItems(left) && isItems(right) && (type.kind === "set" || type.kind === "list")) {
    const element = baseOf(type.element);
    if (type.kind === "set") return holdsAll(left, right, element) && holdsAll(right, left, element);
    return left.length === right.length && left.every((item, at) => isSame(item, right[at], element));
  }
  if (isRecord(left) && isRecord(right) && (type.kind === "record" || type.kind === "map")) {
    const names = [...new Set([...Object.keys(left), ...Object.keys(right)])];
    return names.every((name) => {
      const member = type.kind === "map" ? type.element : type.fields.find((field) => field.name === name)?.type;
      return member !== undefined && isSame(own(left, name), own(right, name), baseOf(member));
    });
  }
  return isSameJson(left, right);
}

function holdsAll(whole: readonly Value[], part: readonly Value[], element: BaseType): boolean {
  return part.every((item) => whole.some((other) => isSame(other, item, element)));
}
