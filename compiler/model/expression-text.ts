/** An expression as a user would write it, for people. Promises: total; a text that parses where the expression could be written at all. */
import { bareType } from "./bare-type.ts";
import type { Expr } from "./expression.ts";
import type { Type, Value } from "./types.ts";

/** Binding strength: what stands inside a stronger operator is wrapped; so are `and` in `or`, and what `not` denies, as the language wants it. */
const WEAKEST = 0;
const OF_OR = 1;
const OF_AND = 2;
const OF_NOT = 3;
const OF_COMPARISON = 4;
const OF_PART = 5;

export function expressionText(expr: Expr): string {
  return written(expr, WEAKEST);
}

export function valueText(value: Value, type: Type): string {
  const { kind } = bareType(type);
  if (Array.isArray(value)) return arrayText(value, bareType(type));
  if (kind === "timeOfDay" && typeof value === "number") return clock(value);
  if (kind === "duration" && typeof value === "number") return `${value}ms`;
  if (kind === "time" && typeof value === "number") return new Date(value).toISOString();
  if (typeof value === "string" && (kind === "method" || kind === "ip" || kind === "accountId")) return value;
  return JSON.stringify(value);
}

function arrayText(values: readonly Value[], type: Type): string {
  if (type.kind === "range") return values.map((one) => valueText(one, type.element)).join("..");
  if (type.kind === "network") return values.map(String).join(" + ");
  const element: Type = "element" in type ? type.element : { kind: "string" };
  return `[${values.map((one) => valueText(one, element)).join(", ")}]`;
}

function clock(seconds: number): string {
  const two = (number: number): string => String(number).padStart(2, "0");
  const rest = seconds % 60;
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}${rest === 0 ? "" : `:${two(rest)}`}`;
}

function wrapped(text: string, own: number, around: number): string {
  return own < around ? `(${text})` : text;
}

function written(expr: Expr, around: number): string {
  const part = (inner: Expr): string => written(inner, OF_PART);
  switch (expr.op) {
    case "or":
      return wrapped(expr.operands.map((one) => written(one, OF_NOT)).join(" or "), OF_OR, around);
    case "and":
      return wrapped(expr.operands.map((one) => written(one, OF_NOT)).join(" and "), OF_AND, around);
    case "not":
      return wrapped(`not ${written(expr.operand, OF_PART)}`, OF_NOT, around);
    case "compare":
      return wrapped(`${part(expr.left)} ${expr.operator} ${part(expr.right)}`, OF_COMPARISON, around);
    case "in":
      return wrapped(`${part(expr.element)} in ${part(expr.collection)}`, OF_COMPARISON, around);
    case "matches":
      return wrapped(`${part(expr.subject)} matches /${expr.pattern}/`, OF_COMPARISON, around);
    case "has":
      return wrapped(`has ${part(expr.operand)}`, OF_NOT, around);
    case "coalesce":
      return wrapped(`${part(expr.left)} ?? ${part(expr.right)}`, OF_COMPARISON, around);
    case "if":
      return wrapped(
        `if ${written(expr.condition, WEAKEST)} then ${written(expr.then, WEAKEST)} else ${written(expr.otherwise, WEAKEST)}`,
        WEAKEST,
        around,
      );
    case "concat":
      return wrapped(expr.parts.map(part).join(" + "), OF_COMPARISON, around);
    case "networkAlgebra":
      return wrapped(`${part(expr.left)} ${expr.operator} ${part(expr.right)}`, OF_COMPARISON, around);
    default:
      return leaf(expr, part);
  }
}

type Junction = "or" | "and" | "not" | "compare" | "in" | "matches" | "has" | "coalesce" | "if" | "concat" | "networkAlgebra";
type Leaf = Exclude<Expr, { readonly op: Junction }>;

function leaf(expr: Leaf, part: (inner: Expr) => string): string {
  switch (expr.op) {
    case "const":
      return valueText(expr.value, expr.type);
    case "stageValue":
      return `stage ${members(expr.values, part)}`;
    case "timeOfDay":
      return `time.of_day(${part(expr.zone)})`;
    case "weekday":
      return `time.weekday(${part(expr.zone)})`;
    case "field":
      return `${part(expr.object)}.${expr.name}`;
    case "startsWith":
      return `${part(expr.subject)}.starts_with(${part(expr.part)})`;
    case "endsWith":
      return `${part(expr.subject)}.ends_with(${part(expr.part)})`;
    case "contains":
      return `${part(expr.subject)}.contains(${part(expr.part)})`;
    case "lower":
      return `${part(expr.subject)}.lower()`;
    case "sizeOf":
      return `${part(expr.subject)}.size`;
    case "text":
      return `${part(expr.subject)}.text()`;
    case "list":
      return `[${expr.items.map(part).join(", ")}]`;
    case "record":
      return members(expr.fields, part);
    case "each":
      return `${part(expr.collection)} each ${part(expr.value)}`;
    case "range":
      return `${part(expr.low)}..${part(expr.high)}`;
    default:
      return fact(expr);
  }
}

function members(named: Readonly<Record<string, Expr>>, part: (inner: Expr) => string): string {
  const each = Object.entries(named).map(([name, value]) => `${name}: ${part(value)}`);
  return `{ ${each.join(", ")} }`;
}

/** What has no parts: said by the request, the route, the caller or the start. */
function fact(expr: Expr): string {
  switch (expr.op) {
    case "env":
    case "param":
    case "network":
    case "item":
      return expr.name;
    case "header":
    case "headers":
      return `${expr.op}(${JSON.stringify(expr.name.replace(/(?<![^-])[a-z]/g, (letter) => letter.toUpperCase()))})`;
    case "query":
    case "queries":
      return `${expr.op}(${JSON.stringify(expr.name)})`;
    case "pathParam":
      return `params.${expr.name}`;
    case "tag":
      return `tag.${expr.name}`;
    case "routeFact":
      return `route.${expr.fact}`;
    case "entryFact":
      return expr.fact === "name" ? "entry" : expr.fact === "vpcIp" ? "entry.vpc_ip" : `entry.${expr.fact}`;
    case "isIdentity":
      return `principal is ${expr.identity}`;
    case "principalId":
      return expr.of === undefined ? "principal.id" : `principal.${expr.of}.id`;
    case "principalField":
      return expr.of === undefined ? `principal.${expr.name}` : `principal.${expr.of}.${expr.name}`;
    default:
      return SAID_ALIKE[expr.op] ?? expr.op;
  }
}

const SAID_ALIKE: Readonly<Partial<Record<Expr["op"], string>>> = {
  clientIp: "client.ip",
  now: "time.now",
  isKnown: "principal is known",
  answerBody: "response.body",
  applyingStatements: "what the IAM policies say",
  awsAllows: "what the IAM policies say",
  awsTable: "what the IAM policies say",
};
