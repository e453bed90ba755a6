/** Expressions that are the same for every request and every deployment, as values. */
import type { Expr } from "../../model/expression.ts";
import type { Value } from "../../model/types.ts";

/** Undefined where the value depends on the request, the environment, the stage or a network's contents. */
export function evaluateConstant(expr: Expr): Value | undefined {
  switch (expr.op) {
    case "const":
      return expr.value;
    case "list":
      return all(expr.items);
    case "range":
      return all([expr.low, expr.high]);
    case "concat":
      return all(expr.parts)?.join("");
    case "not": {
      const value = evaluateConstant(expr.operand);
      return typeof value === "boolean" ? !value : undefined;
    }
    case "and":
    case "or":
      return junction(expr.op === "or", expr.operands);
    case "if": {
      const asked = evaluateConstant(expr.condition);
      return typeof asked === "boolean" ? evaluateConstant(asked ? expr.then : expr.otherwise) : undefined;
    }
    default:
      return undefined;
  }
}

function all(parts: readonly Expr[]): readonly Value[] | undefined {
  const values: Value[] = [];
  for (const part of parts) {
    const value = evaluateConstant(part);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return values;
}

/** One operand that is `deciding` decides, also beside operands that are not constant. */
function junction(deciding: boolean, operands: readonly Expr[]): boolean | undefined {
  const values = operands.map(evaluateConstant);
  if (values.includes(deciding)) return deciding;
  return values.every((value) => value === !deciding) ? !deciding : undefined;
}
