/**
 * `lines.map(line: { sku: line.sku })`: a list made of a list, in mappings. Promises: all lists together are walked once for each element that came,
 * so that no request can ask for more work than it brought.
 */
import type { Call } from "../../../grammar/ast.ts";
import type { Expr } from "../../model/expression.ts";
import { baseOf } from "../types/built-in-types.ts";
import { shortType } from "../types/print-type.ts";
import { type Context, guarded, isPoison, poison, refuse } from "./context.ts";
import { mappedElsewhere, nestedOverWhole, takenItemName, withoutJson } from "./mapping.diagnostics.ts";
import { jsonless } from "./mapped-record.ts";
import { wrongArguments } from "./name.diagnostics.ts";
import { ROOT_NAMES } from "./root.ts";
import { wrongOperand } from "./type.diagnostics.ts";

export function inferMap(collection: Expr, node: Call, context: Context): Expr {
  const { reads } = context.place;
  if (reads.kind !== "request" || reads.isMapping !== true) return refuse(context, mappedElsewhere, node.span, {});
  const type = baseOf(collection.type);
  if (type.kind !== "list" && type.kind !== "set") {
    const holes = {
      operator: "map",
      wants: "a List or a Set before it",
      found: shortType(type),
      help: "a single value is written by itself",
    };
    return refuse(context, wrongOperand, collection.span, holes);
  }
  const [given, ...more] = node.arguments;
  const name = given?.name;
  if (given === undefined || name === undefined || more.length > 0) {
    const example = "body.lines.map(line: { sku: line.sku })";
    return refuse(context, wrongArguments, node.span, { what: "map", takes: "a name for the element, and what it becomes", example });
  }
  const isTaken = [...context.items.map((item) => item.name), ...ROOT_NAMES].includes(name.name);
  if (isTaken || context.place.names.lookup(name) !== undefined) return refuse(context, takenItemName, name.span, { name: name.name });
  const item = context.items.length;
  if (item > 0 && !isOfItem(collection, item - 1)) {
    const related = context.items.slice(-1).map((around) => ({ span: around.span, message: "the element around" }));
    return refuse(context, nestedOverWhole, collection.span, { name: context.items.at(-1)?.name ?? "" }, related);
  }
  const items = [...context.items, { name: name.name, type: type.element, span: name.span }];
  const inner: Context = { ...context, items };
  const value = guarded(inner.value(given.value.terms, given.value.span, inner), inner);
  if (isPoison(value)) return poison(node.span);
  const why = jsonless(value.type);
  if (why !== undefined) return refuse(context, withoutJson, value.span, { type: why });
  const { minSize, maxSize } = type;
  const sizes = { ...(minSize === undefined ? {} : { minSize }), ...(maxSize === undefined ? {} : { maxSize }) };
  return { op: "each", collection, item, value, type: { kind: "list", element: value.type, ...sizes }, span: node.span };
}

/** Whether a list is part of this element, so that each of its own is met once. */
function isOfItem(expr: Expr, item: number): boolean {
  switch (expr.op) {
    case "item":
      return expr.item === item;
    case "field":
      return isOfItem(expr.object, item);
    case "each":
      return isOfItem(expr.collection, item);
    case "coalesce":
      return isOfItem(expr.left, item) && (expr.right.op === "list" || expr.right.op === "const");
    default:
      return false;
  }
}
