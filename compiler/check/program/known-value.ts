/**
 * What is known of an expression's value on one route, before any request comes. Promises: `value` and `absent` hold for every
 * request (D43); whatever cannot be told is `unknown`. Parameters of policies must be replaced before.
 */
import type { Expr } from "../../model/expression.ts";
import type { Value } from "../../model/types.ts";
import { comparison, membership, sizeOf, textOf } from "./known-operators.ts";

export type Known = { readonly kind: "value"; readonly value: Value } | { readonly kind: "absent" } | { readonly kind: "unknown" };

export type Facts = {
  /** As rules see it. */
  readonly method: string;
  readonly api?: string;
  readonly version?: number;
  /** `route.path` */
  readonly path: string;
  readonly tags: Readonly<Record<string, string>>;
  /** `nobody`: no identity is asked for, so there is never a principal. */
  readonly caller: "nobody" | "anybody";
};

const UNKNOWN: Known = { kind: "unknown" };
const ABSENT: Known = { kind: "absent" };

export function knownValue(expr: Expr, facts: Facts): Known {
  const of = (part: Expr): Known => knownValue(part, facts);
  switch (expr.op) {
    case "const":
      return known(expr.value);
    case "method":
      return known(facts.method);
    case "tag":
      return optional(Object.hasOwn(facts.tags, expr.name) ? facts.tags[expr.name] : undefined);
    case "routeFact":
      return optional(facts[expr.fact]);
    case "isKnown":
    case "isIdentity":
      return facts.caller === "nobody" ? known(false) : UNKNOWN;
    case "principalId":
    case "principalField":
      return facts.caller === "nobody" ? ABSENT : UNKNOWN;
    case "stageValue":
      return allAlike(Object.values(expr.values).map(of));
    case "field":
      return map(of(expr.object), (record) => optional((record as Readonly<Record<string, Value>>)[expr.name]));
    case "not":
      return negated(truth(of(expr.operand)));
    case "and":
    case "or":
      return junction(
        expr.operands.map((operand) => truth(of(operand))),
        expr.op === "or",
      );
    case "if":
      return choice(truth(of(expr.condition)), of(expr.then), of(expr.otherwise));
    case "has":
      return presence(of(expr.operand));
    case "coalesce":
      return fallback(of(expr.left), of(expr.right));
    case "list":
      return listOf(expr.items.map(of));
    default:
      return knownOperation(expr, of);
  }
}

/** Operations on values, which are false or absent where an operand is absent. */
function knownOperation(expr: Expr, of: (part: Expr) => Known): Known {
  switch (expr.op) {
    case "compare":
      return both(of(expr.left), of(expr.right), (left, right) => comparison(expr.operator, left, right));
    case "in":
      return isListed(expr.collection) ? both(of(expr.element), of(expr.collection), membership) : UNKNOWN;
    case "matches":
      return orFalse(map(of(expr.subject), (text) => known(new RegExp(expr.pattern, "u").test(String(text)))));
    case "startsWith":
      return both(of(expr.subject), of(expr.part), (text, part) => String(text).startsWith(String(part)));
    case "endsWith":
      return both(of(expr.subject), of(expr.part), (text, part) => String(text).endsWith(String(part)));
    case "contains":
      return both(of(expr.subject), of(expr.part), (text, part) => String(text).includes(String(part)));
    case "lower":
      return map(of(expr.subject), (text) => known(String(text).replace(/[A-Z]/g, (letter) => letter.toLowerCase())));
    case "sizeOf":
      return map(of(expr.subject), (value) => known(sizeOf(value)));
    case "text":
      return map(of(expr.subject), (value) => optionalUnknown(textOf(value, expr.subject.type)));
    case "concat":
      return map(strictList(expr.parts.map(of)), (parts) => known((parts as readonly Value[]).map(String).join("")));
    default:
      return UNKNOWN;
  }
}

/** Ranges and networks have arrays as values, too. */
function isListed(collection: Expr): boolean {
  return collection.type.kind === "set" || collection.type.kind === "list";
}

function known(value: Value): Known {
  return { kind: "value", value };
}

function optional(value: Value | undefined): Known {
  return value === undefined ? ABSENT : known(value);
}

function optionalUnknown(value: Value | undefined): Known {
  return value === undefined ? UNKNOWN : known(value);
}

function map(subject: Known, change: (value: Value) => Known): Known {
  return subject.kind === "value" ? change(subject.value) : subject;
}

/** An absent Bool counts as false. */
function truth(subject: Known): boolean | undefined {
  return subject.kind === "unknown" ? undefined : subject.kind === "value" && subject.value === true;
}

function orFalse(subject: Known): Known {
  return subject.kind === "absent" ? known(false) : subject;
}

function negated(operand: boolean | undefined): Known {
  return operand === undefined ? UNKNOWN : known(!operand);
}

function junction(operands: readonly (boolean | undefined)[], decisive: boolean): Known {
  if (operands.includes(decisive)) return known(decisive);
  return operands.includes(undefined) ? UNKNOWN : known(!decisive);
}

function choice(condition: boolean | undefined, then: Known, otherwise: Known): Known {
  if (condition === undefined) return allAlike([then, otherwise]);
  return condition ? then : otherwise;
}

function presence(operand: Known): Known {
  return operand.kind === "unknown" ? UNKNOWN : known(operand.kind === "value");
}

function fallback(left: Known, right: Known): Known {
  return left.kind === "absent" ? right : left;
}

function both(left: Known, right: Known, operation: (left: Value, right: Value) => boolean | undefined): Known {
  if (left.kind === "absent" || right.kind === "absent") return known(false);
  if (left.kind === "unknown" || right.kind === "unknown") return UNKNOWN;
  return optionalUnknown(operation(left.value, right.value));
}

function allAlike(options: readonly Known[]): Known {
  const [first] = options;
  return first !== undefined && options.every((option) => JSON.stringify(option) === JSON.stringify(first)) ? first : UNKNOWN;
}

/** An absent item is left out. */
function listOf(items: readonly Known[]): Known {
  if (items.some((item) => item.kind === "unknown")) return UNKNOWN;
  return known(items.flatMap((item) => (item.kind === "value" ? [item.value] : [])));
}

function strictList(items: readonly Known[]): Known {
  return items.some((item) => item.kind === "absent") ? ABSENT : listOf(items);
}
