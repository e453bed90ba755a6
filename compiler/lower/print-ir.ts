/** The IR as JSON for people and golden files: keys sorted, lists of plain values on one line. Promises: equal IRs, equal text. */
import type { Ir } from "../model/ir.ts";

export function printIr(ir: Ir): string {
  return `${print(ir, "")}\n`;
}

function print(value: unknown, indent: string): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const deeper = `${indent}  `;
  if (Array.isArray(value)) {
    if (value.every((item) => typeof item !== "object")) return JSON.stringify(value);
    return `[\n${value.map((item) => deeper + print(item, deeper)).join(",\n")}\n${indent}]`;
  }
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  if (entries.every(([, item]) => typeof item !== "object"))
    return `{ ${entries.map(([key, item]) => `${JSON.stringify(key)}: ${JSON.stringify(item)}`).join(", ")} }`;
  return `{\n${entries.map(([key, item]) => `${deeper}${JSON.stringify(key)}: ${print(item, deeper)}`).join(",\n")}\n${indent}}`;
}
