/** Whether two expressions are the same once parameters are replaced (D51, overrides with arguments). Spans and types play no part. */
import type { Expr } from "../model/expression.ts";
import { isExpr } from "./expression-parts.ts";
import type { Arguments } from "./scene.ts";

export function isSameExpression(left: Expr, leftGiven: Arguments, right: Expr, rightGiven: Arguments): boolean {
  return isSamePart(left, leftGiven, right, rightGiven);
}

function isSamePart(left: unknown, leftGiven: Arguments, right: unknown, rightGiven: Arguments): boolean {
  if (isExpr(left) && left.op === "param") return isSamePart(leftGiven?.values[left.name], leftGiven?.around, right, rightGiven);
  if (isExpr(right) && right.op === "param") return isSamePart(left, leftGiven, rightGiven?.values[right.name], rightGiven?.around);
  if (typeof left !== "object" || typeof right !== "object" || left === null || right === null) return left === right;
  const ours = membersOf(left);
  const theirs = new Map(membersOf(right));
  return (
    ours.length === theirs.size && ours.every(([key, part]) => theirs.has(key) && isSamePart(part, leftGiven, theirs.get(key), rightGiven))
  );
}

function membersOf(value: object): readonly (readonly [key: string, part: unknown])[] {
  return Object.entries(value).filter(([key]) => !(isExpr(value) && (key === "span" || key === "type")));
}
