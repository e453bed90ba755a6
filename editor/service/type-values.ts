/** The values of types that have few, as they are written. */
import { METHODS } from "../../compiler/check/expressions/methods-of-http.ts";
import type { Type } from "../../compiler/model/types.ts";
import type { Candidate } from "./candidate.ts";

export function valuesOf(type: Type): readonly Candidate[] {
  switch (type.kind) {
    case "bool":
      return ["true", "false"].map((label) => ({ label, kind: "value", rank: 1 }));
    case "literals":
      return type.values.map((value) => ({
        label: typeof value === "string" ? JSON.stringify(value) : String(value),
        kind: "value",
        rank: 1,
      }));
    case "method":
      return METHODS.map((label) => ({ label, kind: "value", rank: 1 }));
    case "newtype":
      return valuesOf(type.base);
    case "optional":
      return valuesOf(type.type);
    default:
      return [];
  }
}
