/**
 * How many parts a type has when its names are written out, and how deep they lie. Structural names can double a type with each
 * declaration, so this must be known before anything walks it.
 */
import type { Type } from "../../model/types.ts";

export type Extent = { readonly size: number; readonly depth: number };

const LARGEST = 10_000;
/** As deep as the parser lets a type be that is written in one place. */
const DEEPEST = 64;

export function isTooLarge(type: Type): boolean {
  const { size, depth } = extentOf(type);
  return size > LARGEST || depth > DEEPEST;
}

const known = new WeakMap<Type, Extent>();

function extentOf(type: Type): Extent {
  const before = known.get(type);
  if (before !== undefined) return before;
  let size = 1;
  let depth = 0;
  for (const part of partsOf(type)) {
    const extent = extentOf(part);
    size += extent.size;
    depth = Math.max(depth, extent.depth);
  }
  const extent = { size, depth: depth + 1 };
  known.set(type, extent);
  return extent;
}

function partsOf(type: Type): readonly Type[] {
  switch (type.kind) {
    case "record":
      return type.fields.map((field) => field.type);
    case "set":
    case "list":
    case "map":
    case "range":
      return [type.element];
    case "optional":
      return [type.type];
    case "newtype":
      return [type.base];
    default:
      return [];
  }
}
