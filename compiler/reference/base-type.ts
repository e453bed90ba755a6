/** The type of the values themselves: newtypes give it names, optionals let it be absent; neither changes a value. */
import type { Type } from "../model/types.ts";

export type BaseType = Exclude<Type, { readonly kind: "newtype" | "optional" }>;

export function baseOf(type: Type): BaseType {
  if (type.kind === "newtype") return baseOf(type.base);
  if (type.kind === "optional") return baseOf(type.type);
  return type;
}
