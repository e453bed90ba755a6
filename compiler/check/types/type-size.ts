/**
 * How many parts a type has when its names are written out. Structural names can double a type with each declaration, so the size
 * must be known before anything walks it.
 */
import type { Type } from "../../model/types.ts";

export const LARGEST_TYPE = 10_000;

const known = new WeakMap<Type, number>();

export function typeSize(type: Type): number {
  const before = known.get(type);
  if (before !== undefined) return before;
  const size = 1 + parts(type).reduce((sum, part) => sum + typeSize(part), 0);
  known.set(type, size);
  return size;
}

function parts(type: Type): readonly Type[] {
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
