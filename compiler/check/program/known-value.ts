/**
 * What is known of an expression's value on one route, before any request comes. Promises: `value` and `absent` hold for every
 * request (D43); whatever cannot be told is `unknown`. Parameters of policies must be replaced before.
 */
import { constantOperation } from "../../model/constant-operation.ts";
import { childrenOf } from "../../model/expression-children.ts";
import type { Expr } from "../../model/expression.ts";
import type { Tags, TagValue } from "../../model/program.ts";
import type { Value } from "../../model/types.ts";

export type Known = { readonly kind: "value"; readonly value: Value } | { readonly kind: "absent" } | { readonly kind: "unknown" };

export type Facts = {
  /** As rules see it. */
  readonly method: string;
  readonly api?: string;
  readonly version?: number;
  /** `route.path` */
  readonly path: string;
  readonly tags: Tags;
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
      return tagValue(Object.hasOwn(facts.tags, expr.name) ? facts.tags[expr.name] : undefined);
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
  const operands = childrenOf(expr).map(of);
  if (operands.some(({ kind }) => kind === "absent")) return withoutOperand(expr);
  const values = operands.flatMap((operand) => (operand.kind === "value" ? [operand.value] : []));
  const value = values.length < operands.length ? undefined : constantOperation(expr, values);
  return value === undefined ? UNKNOWN : known(value);
}

function withoutOperand(expr: Expr): Known {
  switch (expr.op) {
    case "compare":
    case "in":
    case "matches":
    case "startsWith":
    case "endsWith":
    case "contains":
      return known(false);
    case "lower":
    case "sizeOf":
    case "text":
    case "concat":
      return ABSENT;
    default:
      return UNKNOWN;
  }
}

function known(value: Value): Known {
  return { kind: "value", value };
}

function optional(value: Value | undefined): Known {
  return value === undefined ? ABSENT : known(value);
}

function tagValue(value: TagValue | undefined): Known {
  return typeof value === "object" ? allAlike(Object.values(value).map(known)) : optional(value);
}

function map(subject: Known, change: (value: Value) => Known): Known {
  return subject.kind === "value" ? change(subject.value) : subject;
}

/** An absent Bool counts as false. */
function truth(subject: Known): boolean | undefined {
  return subject.kind === "unknown" ? undefined : subject.kind === "value" && subject.value === true;
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

function allAlike(options: readonly Known[]): Known {
  const [first] = options;
  return first !== undefined && options.every((option) => JSON.stringify(option) === JSON.stringify(first)) ? first : UNKNOWN;
}

/** An absent item is left out. */
function listOf(items: readonly Known[]): Known {
  if (items.some((item) => item.kind === "unknown")) return UNKNOWN;
  return known(items.flatMap((item) => (item.kind === "value" ? [item.value] : [])));
}
