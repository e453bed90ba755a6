/** What a type is beneath its names and the question mark around it. */
import type { Type } from "./types.ts";

export function bareType(type: Type): Type {
  if (type.kind === "newtype") return bareType(type.base);
  return type.kind === "optional" ? bareType(type.type) : type;
}
