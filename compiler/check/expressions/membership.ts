/** `x in collection`, where the collection is a Set, List, range or Network. */
import type { Binary } from "../../../grammar/ast.ts";
import type { Expr } from "../../model/expression.ts";
import { baseOf } from "../types/built-in-types.ts";
import { shortType } from "../types/print-type.ts";
import { comparisonAdvice, mismatchAdvice } from "./advice.ts";
import { alike, isComparable } from "./alike.ts";
import { hintOf, listOf, side } from "./comparison.ts";
import { BOOL, type Context, declaredValue, isPoison, operand, poison, refuse } from "./context.ts";
import { origins } from "./describe.ts";
import { incomparable, typeMismatch, wrongCollection } from "./type.diagnostics.ts";

export function inferIn(node: Binary, context: Context): Expr {
  const [element, collection] = bothParts(node, context);
  if (isPoison(element) || isPoison(collection)) return poison(node.span);
  const type = baseOf(collection.type);
  switch (type.kind) {
    case "network":
      return inNetwork(node, element, collection, context);
    case "set":
    case "list":
    case "range":
      if (collection.op === "range") return inRange(node, element, collection, context);
      return collection.op === "list" ? inList(node, element, collection, context) : inCollection(node, element, collection, context);
    default:
      return refuse(context, wrongCollection, collection.span, { found: shortType(collection.type), help: advice(element, collection) });
  }
}

function bothParts({ left, right }: Binary, context: Context): readonly [Expr, Expr] {
  if (left.kind === "name") {
    const known = declaredValue(left, context) !== undefined;
    if (!known && right.kind !== "list") {
      const collection = operand(right, context);
      const type = baseOf(collection.type);
      const hint = type.kind === "set" || type.kind === "list" || type.kind === "range" ? { type: type.element } : {};
      return [side(left, context, hint), collection];
    }
  }
  const element = side(left, context);
  const { type, words } = hintOf(element, context);
  const list = type === undefined ? {} : { type: listOf(type) };
  return [element, operand(right, context, words === undefined ? list : { ...list, words })];
}

function inNetwork(node: Binary, element: Expr, collection: Expr, context: Context): Expr {
  if (baseOf(element.type).kind === "ip") return { op: "in", element, collection, type: BOOL, span: node.span };
  const help = mismatchAdvice(element, { kind: "ip" }) ?? "networks hold addresses, as in `client.ip in office`";
  return refuse(
    context,
    typeMismatch,
    element.span,
    { expected: "Ip", found: shortType(element.type), help },
    origins(element, context.place),
  );
}

/** Each item of a list that is written out can be wrong by itself. */
function inList(node: Binary, element: Expr, collection: Extract<Expr, { op: "list" }>, context: Context): Expr {
  const items: Expr[] = [];
  for (const item of collection.items) {
    const pair = isComparable(element.type) && isComparable(item.type) ? alike(element, item, "exact", context) : undefined;
    if (pair === "reported") return poison(node.span);
    if (pair === undefined) return mismatch(element, item, item, context);
    items.push(pair.right);
  }
  const kind = collection.type.kind === "set" ? "set" : "list";
  const list: Expr = { op: "list", items, type: { kind, element: element.type }, span: collection.span };
  return { op: "in", element, collection: list, type: BOOL, span: node.span };
}

function inCollection(node: Binary, element: Expr, collection: Expr, context: Context): Expr {
  const type = baseOf(collection.type);
  if (type.kind !== "set" && type.kind !== "list" && type.kind !== "range") return poison(node.span);
  // What stands for any of the elements has their type, and is no literal.
  const any: Expr = { op: "field", object: collection, name: "", type: type.element, span: collection.span };
  const comparable = isComparable(element.type) && isComparable(type.element);
  const pair = comparable ? alike(element, any, type.kind === "range" ? "wide" : "exact", context) : undefined;
  if (pair === "reported") return poison(node.span);
  if (pair === undefined) return mismatch(element, any, collection, context);
  return { op: "in", element: pair.left, collection, type: BOOL, span: node.span };
}

/** The ends of a range take on the type of the element, so that `0..1` may hold a Decimal. */
function inRange(node: Binary, element: Expr, range: Extract<Expr, { op: "range" }>, context: Context): Expr {
  const ends: Expr[] = [];
  for (const end of [range.low, range.high]) {
    const pair = isComparable(element.type) ? alike(element, end, "wide", context) : undefined;
    if (pair === "reported") return poison(node.span);
    if (pair === undefined) return mismatch(element, end, range, context);
    ends.push(pair.right);
  }
  const [low = range.low, high = range.high] = ends;
  const collection: Expr = { ...range, low, high, type: { kind: "range", element: low.type } };
  return { op: "in", element, collection, type: BOOL, span: node.span };
}

function mismatch(element: Expr, other: Expr, at: Expr, context: Context): Expr {
  const holes = { left: shortType(element.type), right: shortType(other.type), help: comparisonAdvice(element, other) };
  return refuse(context, incomparable, at.span, holes, [...origins(element, context.place), ...origins(at, context.place)]);
}

function advice(element: Expr, collection: Expr): string {
  const type = baseOf(collection.type);
  if (type.kind === "ip") return mismatchAdvice(collection, { kind: "network" }) ?? "compare addresses with `==`";
  if (type.kind === "map") return "the keys of a map are not asked for; declare a record with optional fields and use `has`";
  if (type.kind === "string") return "whether a text holds another is asked with `x.contains(y)`";
  return baseOf(element.type).kind === "network"
    ? "the address stands before `in`, the network behind it"
    : "compare single values with `==`";
}
