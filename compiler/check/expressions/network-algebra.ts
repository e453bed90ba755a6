/** `+`, `-`, `&`: networks joined, without each other, and what both have. */
import type { Binary } from "../../../grammar/ast.ts";
import type { Expr } from "../../model/expression.ts";
import type { Type } from "../../model/types.ts";
import { shortType } from "../types/print-type.ts";
import { mismatchAdvice } from "./advice.ts";
import { type Context, isPoison, operand, poison, refuse } from "./context.ts";
import { noArithmetic } from "./type.diagnostics.ts";

const NETWORK: Type = { kind: "network" };

export function inferNetworkAlgebra(node: Binary, operator: "+" | "-" | "&", context: Context): Expr {
  const left = operand(node.left, context);
  const right = operand(node.right, context);
  if (isPoison(left) || isPoison(right)) return poison(node.span);
  const stranger = [left, right].find((side) => side.type.kind !== "network");
  if (stranger === undefined) return { op: "networkAlgebra", operator, left, right, type: NETWORK, span: node.span };
  return refuse(context, noArithmetic, stranger.span, { operator, found: shortType(stranger.type), help: advice(stranger) });
}

function advice(stranger: Expr): string {
  if (stranger.type.kind === "string") return "texts are joined with `concat(a, b)`";
  return mismatchAdvice(stranger, NETWORK) ?? "values are compared, never computed with";
}
