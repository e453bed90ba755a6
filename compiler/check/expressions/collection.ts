/** Lists `[a, b]` and ranges `a..b`. */
import type { Binary, List } from "../../../grammar/ast.ts";
import type { Expr } from "../../model/expression.ts";
import type { Type } from "../../model/types.ts";
import { emptyRange } from "../types/diagnostics.ts";
import { join } from "../types/join.ts";
import { shortType } from "../types/print-type.ts";
import { comparisonAdvice } from "./advice.ts";
import { alike, isOrdered } from "./alike.ts";
import { bothSides } from "./comparison.ts";
import { type Context, type Hint, isPoison, operand, poison, refuse } from "./context.ts";
import { branchesDiffer, incomparable, notOrdered } from "./type.diagnostics.ts";

/** The elements of a list are optional nowhere: each must be there. */
export function inferList(node: List, context: Context, hint: Hint | undefined): Expr {
  const wanted = hint?.type?.kind === "optional" ? hint.type.type : hint?.type;
  const collection = wanted?.kind === "set" || wanted?.kind === "list" ? wanted : undefined;
  const words = hint?.words === undefined ? {} : { words: hint.words };
  // Beside `[]`, of which nobody knows what it holds, nothing is known of this one: poison would say that a mistake was told of already.
  const inner: Hint = collection === undefined || collection.element.kind === "poison" ? words : { type: collection.element, ...words };
  const items = node.items.map((item) => operand(item, context, inner));
  if (items.some(isPoison)) return poison(node.span);
  let element: Type | undefined = items[0]?.type ?? collection?.element ?? { kind: "poison" };
  for (const item of items) {
    const before: Type = element;
    element = join(before, item.type) ?? (collection === undefined ? undefined : before);
    if (element !== undefined) continue;
    const types = { first: shortType(before), second: shortType(item.type), where: "the elements of this list" };
    return refuse(context, branchesDiffer, item.span, types);
  }
  return { op: "list", items, type: { kind: collection?.kind ?? "list", element }, span: node.span };
}

/** Both ends belong to a range. A range of times of day may go round midnight. */
export function inferRange(node: Binary, context: Context): Expr {
  const [left, right] = bothSides(node.left, node.right, context);
  if (isPoison(left) || isPoison(right)) return poison(node.span);
  const pair = together(left, right, context);
  if (pair === undefined) {
    const holes = { left: shortType(left.type), right: shortType(right.type), help: comparisonAdvice(left, right) };
    return refuse(context, incomparable, node.span, holes);
  }
  const element = join(pair.left.type, pair.right.type) ?? pair.left.type;
  if (!isOrdered(element)) return refuse(context, notOrdered, node.operatorSpan, { operator: "..", type: shortType(element) });
  const { left: low, right: high } = pair;
  const empty = low.op === "const" && high.op === "const" && low.value > high.value && element.kind !== "timeOfDay";
  if (empty) return refuse(context, emptyRange, node.span, { low: String(low.value), high: String(high.value) });
  return { op: "range", low, high, type: { kind: "range", element }, span: node.span };
}

/** `0..0.5` has a whole number at one end only. */
function together(left: Expr, right: Expr, context: Context): { readonly left: Expr; readonly right: Expr } | undefined {
  if (left.type.kind === "decimal" && right.type.kind === "int" && right.op === "const")
    return { left, right: { ...right, type: left.type } };
  if (right.type.kind === "decimal" && left.type.kind === "int" && left.op === "const")
    return { left: { ...left, type: right.type }, right };
  const pair = alike(left, right, "wide", context);
  return pair === "reported" ? undefined : pair;
}
