/** Expressions that mean the same optional wherever they stand, by a key. */
import type { Expr } from "../../model/expression.ts";

/** Undefined for what is computed: asking `has` of it says nothing about another place. */
export function presenceKey(expr: Expr): string | undefined {
  switch (expr.op) {
    case "header":
    case "query":
    case "tag":
    case "pathParam":
    case "param":
    case "env":
      return JSON.stringify([expr.op, expr.name]);
    case "routeFact":
    case "entryFact":
      return JSON.stringify([expr.op, expr.fact]);
    // Whoever the caller is, it is the same caller; only a named identity is another matter.
    case "principalField":
      return JSON.stringify([expr.op, expr.name, ...(expr.of === undefined ? [] : [expr.of])]);
    case "body":
      return "body";
    case "answerBody":
      return "response.body";
    case "item":
      return JSON.stringify([expr.op, expr.item]);
    case "field": {
      const object = presenceKey(expr.object);
      return object === undefined ? undefined : JSON.stringify([object, expr.name]);
    }
    default:
      return undefined;
  }
}
