/**
 * How large an expression is when its constants are written out. Constants can double with each declaration, so this must be known
 * before anything walks them.
 */
import type { Expr } from "../../model/expression.ts";
import type { Value } from "../../model/types.ts";

export const LARGEST_CONSTANT = 10_000;
/** As deep as the parser lets one expression be. */
export const DEEPEST_CONSTANT = 64;

export type Extent = { readonly size: number; readonly depth: number };

const known = new WeakMap<Expr, Extent>();

export function extentOf(expr: Expr): Extent {
  const before = known.get(expr);
  if (before !== undefined) return before;
  const extent = around(expr.op === "const" ? valuesIn(expr.value) : partsOf(expr).map(extentOf));
  known.set(expr, extent);
  return extent;
}

function around(parts: readonly Extent[]): Extent {
  let size = 1;
  let depth = 0;
  for (const part of parts) {
    size += part.size;
    depth = Math.max(depth, part.depth);
  }
  return { size, depth: depth + 1 };
}

function valuesIn(value: Value): readonly Extent[] {
  return typeof value === "object" ? Object.values(value).map((inner: Value) => around(valuesIn(inner))) : [];
}

/** Of a constant's operators only these nest. */
function partsOf(expr: Expr): readonly Expr[] {
  switch (expr.op) {
    case "list":
      return expr.items;
    case "concat":
      return expr.parts;
    case "and":
    case "or":
      return expr.operands;
    case "stageValue":
      return Object.values(expr.values);
    case "if":
      return [expr.condition, expr.then, expr.otherwise];
    case "compare":
    case "networkAlgebra":
    case "coalesce":
      return [expr.left, expr.right];
    case "in":
      return [expr.element, expr.collection];
    case "not":
    case "has":
      return [expr.operand];
    case "startsWith":
    case "endsWith":
    case "contains":
      return [expr.subject, expr.part];
    case "matches":
    case "lower":
    case "sizeOf":
    case "text":
      return [expr.subject];
    case "range":
      return [expr.low, expr.high];
    default:
      return [];
  }
}
