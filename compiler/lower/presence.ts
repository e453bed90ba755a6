/** Whether an expression has a value for every request that comes so far. Unsure is no. */
import { childrenOf } from "../model/expression-children.ts";
import type { Expr } from "../model/expression.ts";

export function isAlwaysPresent(expr: Expr): boolean {
  if (expr.op === "record" || expr.op === "item" || expr.op === "answerBody") return true;
  switch (expr.op) {
    case "const":
    case "env":
    case "stage":
    case "clientIp":
    case "method":
    case "path":
    case "host":
    case "headers":
    case "queries":
    case "pathParam":
    case "now":
    case "timeOfDay":
    case "weekday":
    case "isKnown":
    case "isIdentity":
    case "not":
    case "and":
    case "or":
    case "compare":
    case "in":
    case "matches":
    case "has":
    case "startsWith":
    case "endsWith":
    case "contains":
    case "list":
    case "network":
    case "networkAlgebra":
    case "applyingStatements":
    case "awsAllows":
    case "awsTable":
      return true;
    case "param":
    case "header":
    case "query":
    case "tag":
    case "routeFact":
    case "entryFact":
    case "principalId":
    case "principalField":
    case "body":
    case "field":
      return false;
    case "if":
      return isAlwaysPresent(expr.then) && isAlwaysPresent(expr.otherwise);
    case "coalesce":
      return isAlwaysPresent(expr.left) || isAlwaysPresent(expr.right);
    case "lower":
    case "sizeOf":
    case "text":
    case "concat":
    case "range":
    case "stageValue":
    case "each":
      return childrenOf(expr).every(isAlwaysPresent);
  }
}
