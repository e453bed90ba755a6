/**
 * Expressions as TypeScript: `condition` gives a boolean, `value` something that may be undefined where it is absent. Total
 * as D43 says: what can be absent goes through the runtime's operators. Knows no rules and no routes.
 */
import { bareType } from "../model/bare-type.ts";
import type { Expr } from "../model/expression.ts";
import { canonicalConstant } from "./canonical-constant.ts";
import { code, joined, literal, type Code } from "./code.ts";
import { mapping } from "./mapping.ts";
import { membership } from "./membership.ts";
import { requestFact, scalarForm } from "./request-fact.ts";
import { byStage, indexIn, type Surroundings } from "./surroundings.ts";
import { hasSpellings, isComposite, valueType } from "./value-type.ts";

export function condition(expr: Expr, at: Surroundings): Code {
  const { use } = at;
  switch (expr.op) {
    case "const":
      return literal(expr.value === true);
    case "isKnown":
      return code`(call.principals.length > 0)`;
    case "isIdentity":
      return code`${use("isIdentity")}(call, ${literal(indexIn(at.identities, expr.identity))})`;
    case "not":
      return code`!${condition(expr.operand, at)}`;
    case "and":
      return junction(expr.operands, " && ", at);
    case "or":
      return junction(expr.operands, " || ", at);
    case "if":
      return code`(${condition(expr.condition, at)} ? ${condition(expr.then, at)} : ${condition(expr.otherwise, at)})`;
    case "compare":
      return comparison(expr, at);
    case "awsAllows":
      return code`${use("awsAllows")}(call, ${literal(expr.document)}, ${literal(expr.orDenied)})`;
    case "awsTable":
      return code`${use("awsTable")}(call, ${literal(expr.allows)}, ${literal(expr.orDenied)})`;
    case "in":
      return membership(expr.element, expr.collection, at, { value, condition, canonical });
    case "matches":
      return code`${use("matches")}(${value(expr.subject, at)}, ${use("pattern")}(${at.bound}, ${at.pool.pattern(expr.pattern)}))`;
    case "has":
      return code`${use("isPresent")}(${value(expr.operand, at)})`;
    case "startsWith":
    case "endsWith":
    case "contains":
      return code`${use(expr.op)}(${value(expr.subject, at)}, ${value(expr.part, at)})`;
    default:
      return code`(${value(expr, at)} === true)`;
  }
}

export function value(expr: Expr, at: Surroundings): Code {
  const { use, bound } = at;
  switch (expr.op) {
    case "const":
      return constantValue(canonicalConstant(expr.value, expr.type), at);
    case "env":
      return code`${bound}.environment[${literal(indexIn(at.environment, expr.name))}]`;
    case "stageValue":
      return byStage(expr.values, at, (one) => value(one, at), code`undefined`);
    case "clientIp":
    case "method":
    case "path":
    case "host":
    case "header":
    case "headers":
    case "query":
    case "queries":
    case "pathParam":
    case "now":
    case "entryFact":
    case "timeOfDay":
    case "weekday":
    case "principalId":
    case "principalField":
    case "body":
    case "answerBody":
    case "stage":
      return requestFact(expr, at, value);
    case "applyingStatements":
      return code`${use("applyingStatements")}(call, ${literal(expr.document)}, ${literal(expr.asksCaller)})`;
    case "field":
      return field(expr, at);
    case "if":
      return code`(${condition(expr.condition, at)} ? ${value(expr.then, at)} : ${value(expr.otherwise, at)})`;
    case "coalesce":
      return code`${use("coalesce")}(${value(expr.left, at)}, ${value(expr.right, at)})`;
    case "lower":
    case "sizeOf":
      return code`${use(expr.op)}(${value(expr.subject, at)})`;
    case "text":
      return text(expr.subject, at);
    case "concat":
      return concat(expr.parts, at);
    case "list":
      return code`${use("listOf")}(${values(expr.items, at)})`;
    case "record":
    case "each":
    case "item":
      return mapping(expr, at, value);
    case "tag":
    case "routeFact":
    case "param":
    case "range":
    case "network":
    case "networkAlgebra":
      throw new Error(`\`${expr.op}\` is no value at run time: lowering resolves it`);
    default:
      return condition(expr, at);
  }
}

function concat(parts: readonly Expr[], at: Surroundings): Code {
  const texts = parts.map((part) => text(part, at));
  return code`${at.use("concat")}(${joined(texts, ", ")})`;
}

function field({ object, name, type }: Expr & { readonly op: "field" }, at: Surroundings): Code {
  return scalarForm(code`${at.use("member")}(${value(object, at)}, ${at.use("text")}(${at.bound}, ${at.pool.text(name)}))`, type, at);
}

/** The one text of a value; times have another than the number that they are. */
export function text(expr: Expr, at: Surroundings): Code {
  if (bareType(expr.type).kind === "string") return value(expr, at);
  return code`${at.use(bareType(expr.type).kind === "time" ? "timeText" : "textOf")}(${value(expr, at)})`;
}

/** Like `value`, in a form in which equal values of lists, sets, maps and records are equal JSON; scalars always are. */
export function canonical(expr: Expr, at: Surroundings): Code {
  const given = value(expr, at);
  if (!isComposite(expr.type) || !hasSpellings(expr.type)) return given;
  const type = at.pool.value(valueType(bareType(expr.type)));
  return code`${at.use("canonicalValue")}(${given}, ${at.use("shape")}(${at.bound}, ${type}))`;
}

function values(parts: readonly Expr[], at: Surroundings): Code {
  return joined(
    parts.map((part) => value(part, at)),
    ", ",
  );
}

function junction(operands: readonly Expr[], operator: " && " | " || ", at: Surroundings): Code {
  if (operands.length === 0) return literal(operator === " && ");
  return code`(${joined(
    operands.map((operand) => condition(operand, at)),
    operator,
  )})`;
}

function constantValue(given: Extract<Expr, { op: "const" }>["value"], at: Surroundings): Code {
  if (typeof given === "number" || typeof given === "boolean") return literal(given);
  if (typeof given === "string") return code`${at.use("text")}(${at.bound}, ${at.pool.text(given)})`;
  return code`${at.use("constant")}(${at.bound}, ${at.pool.value(given)})`;
}

function comparison({ operator, left, right }: Expr & { readonly op: "compare" }, at: Surroundings): Code {
  const [a, b] = [canonical(left, at), canonical(right, at)];
  switch (operator) {
    case "==":
      return code`${at.use("equal")}(${a}, ${b})`;
    case "!=":
      return code`${at.use("unequal")}(${a}, ${b})`;
    case "<":
      return code`${at.use("less")}(${a}, ${b})`;
    case "<=":
      return code`${at.use("atMost")}(${a}, ${b})`;
    case ">":
      return code`${at.use("less")}(${b}, ${a})`;
    case ">=":
      return code`${at.use("atMost")}(${b}, ${a})`;
  }
}
