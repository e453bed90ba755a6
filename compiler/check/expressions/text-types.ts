/** Which values are text, and which have one. */
import type { Type } from "../../model/types.ts";
import { baseOf } from "../types/built-in-types.ts";

/** Values that are text as they stand. */
export function isTextType(type: Type): boolean {
  const base = baseOf(type);
  return (
    base.kind === "string" ||
    base.kind === "url" ||
    base.kind === "arn" ||
    base.kind === "accountId" ||
    (base.kind === "literals" && base.values.every((value) => typeof value === "string"))
  );
}

/** Values of which `text()` makes one text. */
export function hasText(type: Type): boolean {
  const base = baseOf(type);
  switch (base.kind) {
    case "int":
    case "decimal":
    case "bool":
    case "ip":
    case "uuid":
    case "time":
    case "method":
      return true;
    case "literals":
      return base.values.every((value) => typeof value === "number");
    default:
      return false;
  }
}

export function textAdvice(type: Type): string {
  if (baseOf(type).kind === "ip")
    return "networks are asked by their bits, as in `client.ip in 10.0.0.0/8`; `.text()` is for headers and logs";
  return hasText(type) ? "make a text of it with `.text()`" : "only texts, and values that have `.text()`, can be used as text";
}
