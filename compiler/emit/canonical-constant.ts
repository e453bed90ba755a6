/** Constants in the form in which values from outside are compared with them: UUIDs may be written in upper-case hex, addresses are canonical already. */
import type { Type, Value } from "../model/types.ts";
import { bareType } from "../model/bare-type.ts";

export function canonicalConstant(value: Value, given: Type): Value {
  const type = bareType(given);
  if (type.kind === "uuid" && typeof value === "string") return value.toLowerCase();
  if ((type.kind === "set" || type.kind === "list") && Array.isArray(value))
    return value.map((one: Value) => canonicalConstant(one, type.element));
  return value;
}
