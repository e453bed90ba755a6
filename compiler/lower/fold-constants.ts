/** Operators over constants, for the types where the answer is beyond doubt; for all others the gateway computes it. */
import type { Expr } from "../model/expression.ts";
import type { Type, Value } from "../model/types.ts";
import { bool, constant } from "./constants.ts";
import { isDiscrete } from "../model/discrete-type.ts";

export function foldComparison(expr: Expr & { readonly op: "compare" }): Expr {
  const { left, right } = expr;
  if (left.op !== "const" || right.op !== "const") return expr;
  if (!isPlain(left.type) || !isPlain(right.type)) return expr;
  if (expr.operator === "==" || expr.operator === "!=") return bool((left.value === right.value) === (expr.operator === "=="), expr.span);
  if (typeof left.value !== "number" || typeof right.value !== "number") return expr;
  return bool(isOrdered(left.value, expr.operator, right.value), expr.span);
}

function isOrdered(left: number, operator: "<" | "<=" | ">" | ">=", right: number): boolean {
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

/** Lists and sets of plain values; nothing is in an empty one. */
export function foldMembership(expr: Expr & { readonly op: "in" }): Expr {
  const { element, collection } = expr;
  if (collection.op !== "const" || !Array.isArray(collection.value)) return expr;
  if (collection.type.kind !== "list" && collection.type.kind !== "set") return expr;
  if (collection.value.length === 0) return bool(false, expr.span);
  return element.op === "const" && isPlain(element.type) ? bool(collection.value.includes(element.value), expr.span) : expr;
}

export function foldText(expr: Expr): Expr {
  switch (expr.op) {
    case "matches":
      return withText(expr.subject, (text) => bool(new RegExp(expr.pattern, "u").test(text), expr.span)) ?? expr;
    case "startsWith":
      return withTexts(expr.subject, expr.part, (text, part) => bool(text.startsWith(part), expr.span)) ?? expr;
    case "endsWith":
      return withTexts(expr.subject, expr.part, (text, part) => bool(text.endsWith(part), expr.span)) ?? expr;
    case "contains":
      return withTexts(expr.subject, expr.part, (text, part) => bool(text.includes(part), expr.span)) ?? expr;
    case "lower":
      return withText(expr.subject, (text) => constant(expr.type, asciiLower(text), expr.span)) ?? expr;
    case "sizeOf":
      return withText(expr.subject, (text) => constant(expr.type, [...text].length, expr.span)) ?? expr;
    case "text":
      return canonicalText(expr.subject) === undefined ? expr : constant(expr.type, canonicalText(expr.subject) ?? "", expr.span);
    case "concat": {
      const texts = expr.parts.map(textOf);
      return texts.every((text) => text !== undefined) ? constant(expr.type, texts.join(""), expr.span) : expr;
    }
    default:
      return expr;
  }
}

/** Strings whose equality and text are those of JSON. */
function textOf(expr: Expr): string | undefined {
  return expr.op === "const" && typeof expr.value === "string" && isDiscrete(expr.type) ? expr.value : undefined;
}

function withText(subject: Expr, make: (text: string) => Expr): Expr | undefined {
  const text = textOf(subject);
  return text === undefined ? undefined : make(text);
}

function withTexts(subject: Expr, part: Expr, make: (text: string, part: string) => Expr): Expr | undefined {
  const [text, partText] = [textOf(subject), textOf(part)];
  return text === undefined || partText === undefined ? undefined : make(text, partText);
}

function canonicalText(subject: Expr): string | undefined {
  if (subject.op !== "const") return undefined;
  const { value } = subject;
  return isPlain(subject.type) && !isCompound(value) ? String(value) : undefined;
}

function isCompound(value: Value): boolean {
  return typeof value === "object";
}

function asciiLower(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

function isPlain(type: Type): boolean {
  if (type.kind === "optional") return isPlain(type.type);
  if (type.kind === "newtype") return isPlain(type.base);
  return type.kind === "bool" || type.kind === "decimal" || isDiscrete(type);
}
