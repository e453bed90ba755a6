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
      return sizes(Number(expr.value));
    case "rate":
      return [`${number}/s`, `${number}/m`];
    case "percent":
      return [`${number}%`];
    default:
      return undefined;
  }
}

/** A large number is one of bytes, which are mostly whole units; a small one may be of any. */
function sizes(number: number): readonly string[] {
  const whole = (["GiB", "MiB", "KiB"] as const).find((unit) => number % BYTES[unit] === 0 && number > 0);
  if (whole !== undefined) return [`${number / BYTES[whole]}${whole}`, `${number}B`];
  return number >= BYTES.KiB ? [`${number}B`] : [`${number}KiB`, `${number}MiB`, `${number}B`];
}

const BYTES = { GiB: 2 ** 30, MiB: 2 ** 20, KiB: 2 ** 10 } as const;
