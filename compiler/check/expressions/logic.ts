/** `and`, `or`, `not`, `implies`, `has`. Each operand is read knowing how those before it came out. */
import type { Binary, Expression, Unary } from "../../../grammar/ast.ts";
import { LITERAL_KINDS } from "../../../grammar/index.ts";
import type { Expr } from "../../model/expression.ts";
import { shortType } from "../types/print-type.ts";
import { assuming, BOOL, boolOf, condition, type Context, isPoison, refuse } from "./context.ts";
import { neverAbsent } from "./type.diagnostics.ts";

export function inferJunction(node: Binary, op: "and" | "or", context: Context): Expr {
  let here = context;
  const operands: Expr[] = [];
  for (const part of chain(node, op)) {
    const checked = condition(part, here, op === "or" ? wholeComparison(operands.at(-1), part) : undefined);
    operands.push(checked);
    here = assuming(checked, op === "and", here);
  }
  return { op, operands, type: boolOf(operands), span: node.span };
}

/** `path == "/a" or "/b"`: the second is compared with nothing. */
function wholeComparison(before: Expr | undefined, part: Expression): string | undefined {
  if (before?.op !== "compare" || before.operator !== "==" || !(part.kind === "text" || LITERAL_KINDS.has(part.kind))) return undefined;
  return "each comparison is written whole, as in `x == 1 or x == 2`; or ask for one of several with `x in [1, 2]`";
}

/** The operands of a chain of one operator, in order. */
function chain(node: Binary, op: "and" | "or"): readonly Expression[] {
  const parts: Expression[] = [];
  let rest: Expression = node;
  while (rest.kind === "binary" && rest.operator === op) {
    parts.push(rest.right);
    rest = rest.left;
  }
  parts.push(rest);
  return parts.reverse();
}

/** `a implies b` is `not a or b`, where `b` knows that `a` holds. */
export function inferImplies(node: Binary, context: Context): Expr {
  const left = condition(node.left, context);
  const right = condition(node.right, assuming(left, true, context));
  const not: Expr = { op: "not", operand: left, type: boolOf([left]), span: left.span };
  return { op: "or", operands: [not, right], type: boolOf([not, right]), span: node.span };
}

export function inferNot(node: Unary, context: Context): Expr {
  const operand = condition(node.operand, context);
  return { op: "not", operand, type: boolOf([operand]), span: node.span };
}

export function inferHas(node: Unary, context: Context): Expr {
  const operand = context.infer(node.operand, context);
  if (isPoison(operand)) return operand;
  if (operand.type.kind === "optional") return { op: "has", operand, type: BOOL, span: node.span };
  return refuse(context, neverAbsent, node.operand.span, { operator: "has", type: shortType(operand.type) });
}
