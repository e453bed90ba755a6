/** Numbers that stand in types, with their sign. */
import type { Expression } from "../../../grammar/ast.ts";
import { readDecimal, readInt } from "../literals/number-literals.ts";
import type { Report } from "../report.ts";

/** Undefined where `node` is no number of that kind, "reported" where it is a bad one. A decimal may be written as a whole number. */
export function literalNumber(node: Expression, kind: "int" | "decimal", report: Report): number | "reported" | undefined {
  if (node.kind === "unary" && node.operator === "-") {
    const positive = literalNumber(node.operand, kind, report);
    return typeof positive === "number" ? 0 - positive : positive;
  }
  if (node.kind !== "int" && (node.kind !== "decimal" || kind === "int")) return undefined;
  const reading = node.kind === "int" ? readInt(node.text, node.span) : readDecimal(node.text, node.span);
  if ("value" in reading) return typeof reading.value === "number" ? reading.value : undefined;
  report(reading.problem);
  return "reported";
}
