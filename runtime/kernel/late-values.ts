/** Values that are known once the gateway is bound to stage and environment. What is missing was reported where it should have come from. */
import type { Bound } from "./call.ts";
import type { LateCode } from "./code.ts";
import { shown } from "./configuration.ts";

/** By setting. */
export function lateValues(code: LateCode = {}, bound: Bound): Readonly<Record<string, readonly unknown[]>> {
  return Object.fromEntries(Object.entries(code).map(([name, values]) => [name, values.map((value) => value(bound))] as const));
}

export function readPort(value: unknown, problems: string[]): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 65_535) return value;
  if (value !== undefined) problems.push(`\`listen\` is ${shown(String(value))}: a port is from 0 to 65535`);
  return 0;
}
