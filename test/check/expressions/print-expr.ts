/** A typed expression on one line, for tests: operators in front, types behind constants. */
import type { Expr } from "../../../compiler/model/expression.ts";
import { printType } from "../../../compiler/check/types/print-type.ts";

export function printExpr(expr: Expr): string {
  switch (expr.op) {
    case "const":
      return expr.type.kind === "poison" ? "poison" : `${JSON.stringify(expr.value)}:${printType(expr.type)}`;
    case "env":
    case "param":
    case "pathParam":
    case "tag":
    case "network":
    case "header":
    case "headers":
    case "query":
    case "queries":
      return `${expr.op} ${expr.name}`;
    case "principalField":
      return `principal.${expr.name}[${expr.identities.join()}]`;
    case "routeFact":
      return `route.${expr.fact}`;
    case "isIdentity":
      return `is ${expr.identity}`;
    case "stageValue":
      return call(
        "stageValue",
        Object.entries(expr.values).map(([name, value]) => `${name}=${printExpr(value)}`),
      );
    case "timeOfDay":
    case "weekday":
      return call(expr.op, [printExpr(expr.zone)]);
    case "field":
      return `${printExpr(expr.object)}.${expr.name}`;
    case "not":
    case "has":
      return call(expr.op, [printExpr(expr.operand)]);
    case "and":
    case "or":
      return call(expr.op, expr.operands.map(printExpr));
    case "if":
      return call("if", [expr.condition, expr.then, expr.otherwise].map(printExpr));
    case "compare":
    case "networkAlgebra":
      return call(expr.operator, [expr.left, expr.right].map(printExpr));
    case "coalesce":
      return call("??", [expr.left, expr.right].map(printExpr));
    case "in":
      return call("in", [expr.element, expr.collection].map(printExpr));
    case "matches":
      return call("matches", [printExpr(expr.subject), `/${expr.pattern}/`]);
    case "startsWith":
    case "endsWith":
    case "contains":
      return call(expr.op, [expr.subject, expr.part].map(printExpr));
    case "lower":
    case "sizeOf":
    case "text":
      return call(expr.op, [printExpr(expr.subject)]);
    case "concat":
      return call("concat", expr.parts.map(printExpr));
    case "list":
      return `[${expr.items.map(printExpr).join(", ")}]:${printType(expr.type)}`;
    case "range":
      return call("range", [expr.low, expr.high].map(printExpr));
    default:
      return expr.op;
  }
}

function call(name: string, parts: readonly string[]): string {
  return `${name}(${parts.join(", ")})`;
}
