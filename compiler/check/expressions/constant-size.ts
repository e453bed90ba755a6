/**
 * How large an expression is when its constants are written out. Constants can double with each declaration, so this must be known
 * before anything walks them.
 */
import type { Expr } from "../../model/expression.ts";
import { childrenOf } from "../../model/expression-children.ts";
import type { Value } from "../../model/types.ts";

export const LARGEST_CONSTANT = 10_000;
/** As deep as the parser lets one expression be. */
export const DEEPEST_CONSTANT = 64;

export type Extent = { readonly size: number; readonly depth: number };

const known = new WeakMap<Expr, Extent>();

export function extentOf(expr: Expr): Extent {
  const before = known.get(expr);
  if (before !== undefined) return before;
  const extent = around(expr.op === "const" ? valuesIn(expr.value) : childrenOf(expr).map(extentOf));
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
