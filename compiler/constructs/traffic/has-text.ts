/** Types of which each value has one text, by which calls can be told apart. */
import type { Type } from "../../model/types.ts";

export function hasText(type: Type): boolean {
  switch (type.kind) {
    case "bool":
    case "int":
    case "string":
    case "literals":
    case "ip":
    case "method":
    case "url":
    case "arn":
    case "accountId":
    case "uuid":
      return true;
    default:
      return false;
  }
}
