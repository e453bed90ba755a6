/** The canonical text and the size of values, and constants in canonical form (D42, D43). */
import type { Type, Value } from "../model/types.ts";
import { baseOf } from "./base-type.ts";
import { isItems, isRecord } from "./values.ts";

/** Absent for what has no text. Addresses and UUIDs are canonical wherever they come from. */
export function textOf(value: unknown, type: Type): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return String(value);
  if (typeof value !== "number") return undefined;
  if (baseOf(type).kind !== "time") return String(value);
  const time = new Date(value);
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}

/** Code points, items or members. */
export function sizeOf(value: unknown): number | undefined {
  if (typeof value === "string") return [...value].length;
  if (isItems(value)) return value.length;
  return isRecord(value) ? Object.keys(value).length : undefined;
}

/** A UUID may be written in upper-case hex; an address is canonical already. */
export function canonicalConstant(value: Value, declared: Type): Value {
  const type = baseOf(declared);
  if (type.kind === "uuid" && typeof value === "string") return value.toLowerCase();
  const hasItems = type.kind === "set" || type.kind === "list";
  return hasItems && isItems(value) ? value.map((item) => canonicalConstant(item, type.element)) : value;
}
