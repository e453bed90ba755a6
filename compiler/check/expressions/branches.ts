/** `if c then a else b` and `a ?? b`: one value of two, of one type. */
import type { Binary, If } from "../../../grammar/ast.ts";
import type { Expr } from "../../model/expression.ts";
import { shortType } from "../types/print-type.ts";
import { assuming, condition, type Context, type Hint, isPoison, poison, refuse, settled } from "./context.ts";
import { together } from "./together.ts";
import { branchesDiffer, neverAbsent } from "./type.diagnostics.ts";

export function inferIf(node: If, context: Context, hint: Hint | undefined): Expr {
  const asked = condition(node.condition, context);
  const then = settled(node.then, assuming(asked, true, context), hint);
  const otherwise = settled(node.otherwise, assuming(asked, false, context), hint ?? { type: then.type });
  if (isPoison(asked) || isPoison(then) || isPoison(otherwise)) return poison(node.span);
  const both = together(then, otherwise);
  if (both === undefined) {
    const types = { first: shortType(then.type), second: shortType(otherwise.type) };
    const related = [{ span: then.span, message: `is \`${types.first}\`` }];
    return refuse(context, branchesDiffer, otherwise.span, { ...types, where: "the branches of this `if`" }, related);
  }
  return { op: "if", condition: asked, then: both.left, otherwise: both.right, type: both.type, span: node.span };
}

export function inferCoalesce(node: Binary, context: Context, hint: Hint | undefined): Expr {
  const left = context.infer(node.left, context, hint);
  const there = left.type.kind === "optional" ? left.type.type : undefined;
  const right = settled(node.right, context, hint ?? { type: there ?? left.type });
  if (isPoison(left) || isPoison(right)) return poison(node.span);
  if (there === undefined) return refuse(context, neverAbsent, left.span, { operator: "??", type: shortType(left.type) });
  const both = together({ ...left, type: there }, right);
  if (both !== undefined) return { op: "coalesce", left, right: both.right, type: both.type, span: node.span };
  const types = { first: shortType(there), second: shortType(right.type) };
  const related = [{ span: left.span, message: `is \`${types.first}\`, if it is there` }];
  return refuse(context, branchesDiffer, right.span, { ...types, where: "the two sides of `??`" }, related);
}
