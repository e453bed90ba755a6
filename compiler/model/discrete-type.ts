/** Types whose values are equal exactly if they are the same JSON string or number, so that a table may look them up. */
import type { Type } from "./types.ts";

/** Not Uuid, Ip or Time (several texts of one value), not Decimal. */
export function isDiscrete(type: Type): boolean {
  switch (type.kind) {
    case "string":
    case "int":
    case "literals":
    case "method":
    case "accountId":
    case "arn":
    case "status":
      return true;
    case "optional":
      return isDiscrete(type.type);
    case "newtype":
      return isDiscrete(type.base);
    default:
      return false;
  }
}

export function isDiscreteCollection(type: Type): boolean {
  if (type.kind === "optional") return isDiscreteCollection(type.type);
  if (type.kind === "newtype") return isDiscreteCollection(type.base);
  return (type.kind === "set" || type.kind === "list") && isDiscrete(type.element);
}
