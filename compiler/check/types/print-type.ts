/** A type as a user writes it. */
import type { Type } from "../../model/types.ts";

export function printType(type: Type): string {
  return type.kind;
}
