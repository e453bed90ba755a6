/** A plain number where a unit is expected: what may have been meant. */
import type { Expr } from "../../model/expression.ts";
import type { Type } from "../../model/types.ts";
import { baseOf } from "../types/built-in-types.ts";

/** Undefined unless `expr` is a literal number and `type` has units. */
export function unitCandidates(expr: Expr, type: Type): readonly string[] | undefined {
  if (expr.op !== "const" || (expr.type.kind !== "int" && expr.type.kind !== "decimal")) return undefined;
  const number = String(expr.value);
  const base = baseOf(type.kind === "optional" ? type.type : type);
  switch (base.kind) {
    case "duration":
      return [`${number}s`, `${number}m`, `${number}ms`];
    case "size":
      return [`${number}KiB`, `${number}MiB`, `${number}B`];
    case "rate":
      return [`${number}/s`, `${number}/m`];
    case "percent":
      return [`${number}%`];
    default:
      return undefined;
  }
}
