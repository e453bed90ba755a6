/** Types of which one text carries a value: a segment of a path, a header field, a value of a query (D26). */
import { bareType } from "./bare-type.ts";
import type { Type } from "./types.ts";

export function isCarriedByText(type: Type): boolean {
  switch (bareType(type).kind) {
    case "string":
    case "int":
    case "bool":
    case "ip":
    case "uuid":
    case "literals":
      return true;
    default:
      return false;
  }
}
