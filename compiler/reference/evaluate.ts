/**
 * The value of an expression (`compiler/model/expression.ts`, D43). Promises: total; what is absent stays absent or makes a question
 * false. Policies are not substituted: a parameter is looked up in the arguments, where it stands for an expression of its user.
 */
import type { Expr } from "../model/expression.ts";
import { baseOf } from "./base-type.ts";
import { compares } from "./compare.ts";
import { fact, type FactOp } from "./facts.ts";
import { secondOfDay, weekday } from "./local-time.ts";
import { eachOf, isPlain, recordOf, withItem } from "./mapping.ts";
import { isIn, networkOf } from "./membership.ts";
import type { Result } from "./result.ts";
export type { Result } from "./result.ts";
import type { Arguments, Scene } from "./scene.ts";
import { sizeOf, textOf } from "./texts.ts";
import { isRecord, own } from "./values.ts";

export function evaluate(expr: Expr, scene: Scene, given: Arguments): Result {
  const value = (part: Expr): Result => evaluate(part, scene, given);
  const text = (part: Expr): string | undefined => asText(value(part));
  const holds = (part: Expr): boolean => value(part) === true;
  switch (expr.op) {
    case "param": {
      const argument = given?.values[expr.name];
      return argument && evaluate(argument, scene, given?.around);
    }
    case "stageValue": {
      const chosen = expr.values[scene.stage ?? ""];
      return chosen && value(chosen);
    }
    case "timeOfDay":
      return secondOfDay(scene.request?.now, text(expr.zone));
    case "weekday":
      return weekday(scene.request?.now, text(expr.zone));
    case "field":
      return memberOf(value(expr.object), expr.name);
    case "not":
      return !holds(expr.operand);
    case "and":
      return expr.operands.every(holds);
    case "or":
      return expr.operands.some(holds);
    case "if":
      return value(holds(expr.condition) ? expr.then : expr.otherwise);
    case "coalesce":
      return value(expr.left) ?? value(expr.right);
    case "lower":
      return text(expr.subject)?.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
    case "sizeOf":
      return sizeOf(value(expr.subject));
    case "text":
      return textOf(value(expr.subject), expr.subject.type);
    case "concat": {
      const parts = expr.parts.map((part) => textOf(value(part), part.type));
      return parts.includes(undefined) ? undefined : parts.join("");
    }
    case "list":
      return expr.items.flatMap((item) => [value(item)].filter(isPlain));
    case "record":
      return recordOf(expr.fields, value);
    case "each":
      return eachOf(value(expr.collection), (item) => evaluate(expr.value, withItem(scene, expr.item, item), given));
    case "range": {
      const bounds = [value(expr.low), value(expr.high)].filter(isPlain);
      return bounds.length === 2 ? bounds : undefined;
    }
    case "networkAlgebra": {
      const left = networkOf(value(expr.left));
      const right = networkOf(value(expr.right));
      if (expr.operator === "+") return (address) => left(address) || right(address);
      return (address) => left(address) && right(address) === (expr.operator === "&");
    }
    default:
      return question(expr, value, scene);
  }
}

/** Whether a condition is true. */
export function isTrue(condition: Expr, scene: Scene, given: Arguments): boolean {
  return evaluate(condition, scene, given) === true;
}

/** Whether something is so; false where what is asked about is absent. */
function question(expr: Extract<Expr, { readonly op: QuestionOp | FactOp }>, value: (part: Expr) => Result, scene: Scene): Result {
  const text = (part: Expr): string | undefined => asText(value(part));
  switch (expr.op) {
    case "compare":
      return compares(value(expr.left), expr.operator, value(expr.right), expr.left.type, expr.right.type);
    case "in":
      return isIn(value(expr.element), value(expr.collection), baseOf(expr.collection.type));
    case "matches":
      return asks(text(expr.subject), (subject) => new RegExp(expr.pattern, "u").test(subject));
    case "has":
      return value(expr.operand) !== undefined;
    case "startsWith":
      return asks(text(expr.subject), (subject) => asks(text(expr.part), (part) => subject.startsWith(part)));
    case "endsWith":
      return asks(text(expr.subject), (subject) => asks(text(expr.part), (part) => subject.endsWith(part)));
    case "contains":
      return asks(text(expr.subject), (subject) => asks(text(expr.part), (part) => subject.includes(part)));
    default:
      return fact(expr, scene);
  }
}

type QuestionOp = "compare" | "in" | "matches" | "has" | "startsWith" | "endsWith" | "contains";

function asks(text: string | undefined, question: (text: string) => boolean): boolean {
  return text !== undefined && question(text);
}

function asText(value: Result): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function memberOf(object: Result, name: string): Result {
  return isRecord(object) ? own(object, name) : undefined;
}
