/** Types whose values are equal exactly if they are the same JSON string or number, so that a table may look them up. */
import { bareType } from "./bare-type.ts";
import type { Type } from "./types.ts";

/** Not Uuid, Ip or Time (several texts of one value), not Decimal. */
export function isDiscrete(type: Type): boolean {
  switch (bareType(type).kind) {
    case "string":
    case "int":
    case "literals":
    case "method":
    case "accountId":
    case "arn":
    case "status":
      return true;
    default:
      return false;
  }
}

export function isDiscreteCollection(type: Type): boolean {
  const bare = bareType(type);
  return (bare.kind === "set" || bare.kind === "list") && isDiscrete(bare.element);
}
