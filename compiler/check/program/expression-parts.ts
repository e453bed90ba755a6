/** The one place of the checks that knows which parts an expression has. */
import type { Span } from "../../../grammar/source/span.ts";
import type { Expr } from "../../model/expression.ts";

const NOWHERE: Span = { file: "", start: 0, end: 0 };
const NO_TYPE = { kind: "poison" } as const;

/** `expr` with its policy's parameters replaced. */
export function withArguments(expr: Expr, given: ReadonlyMap<string, Expr>): Expr {
  if (given.size === 0) return expr;
  if (expr.op === "param") return given.get(expr.name) ?? expr;
  return mapParts(expr, (part) => withArguments(part, given));
}

/** Two expressions with one key say the same, wherever they stand. */
export function expressionKey(expr: Expr): string {
  return JSON.stringify(withoutPlace(expr));
}

function withoutPlace(expr: Expr): Expr {
  return { ...mapParts(expr, withoutPlace), span: NOWHERE, type: NO_TYPE };
}

function mapParts(expr: Expr, map: (part: Expr) => Expr): Expr {
  switch (expr.op) {
    case "stageValue":
      return { ...expr, values: Object.fromEntries(Object.entries(expr.values).map(([stage, value]) => [stage, map(value)])) };
    case "timeOfDay":
    case "weekday":
      return { ...expr, zone: map(expr.zone) };
    case "field":
      return { ...expr, object: map(expr.object) };
    case "not":
    case "has":
      return { ...expr, operand: map(expr.operand) };
    case "and":
    case "or":
      return { ...expr, operands: expr.operands.map(map) };
    case "if":
      return { ...expr, condition: map(expr.condition), then: map(expr.then), otherwise: map(expr.otherwise) };
    case "compare":
    case "coalesce":
    case "networkAlgebra":
      return { ...expr, left: map(expr.left), right: map(expr.right) };
    case "in":
      return { ...expr, element: map(expr.element), collection: map(expr.collection) };
    case "startsWith":
    case "endsWith":
    case "contains":
      return { ...expr, subject: map(expr.subject), part: map(expr.part) };
    case "matches":
    case "lower":
    case "sizeOf":
    case "text":
      return { ...expr, subject: map(expr.subject) };
    case "concat":
      return { ...expr, parts: expr.parts.map(map) };
    case "list":
      return { ...expr, items: expr.items.map(map) };
    case "range":
      return { ...expr, low: map(expr.low), high: map(expr.high) };
    default:
      return whole(expr);
  }
}

type WithoutParts =
  | "const"
  | "env"
  | "stage"
  | "param"
  | "clientIp"
  | "method"
  | "path"
  | "host"
  | "header"
  | "headers"
  | "query"
  | "queries"
  | "pathParam"
  | "now"
  | "tag"
  | "routeFact"
  | "isKnown"
  | "isIdentity"
  | "principalId"
  | "principalField"
  | "body"
  | "network";

/** Takes only expressions without parts, so that a new one with parts does not compile above. */
function whole(expr: Extract<Expr, { readonly op: WithoutParts }>): Expr {
  return expr;
}
