/** The forms that the language's values have (`Value` in `compiler/model/types.ts`), told apart. */
import type { Value } from "../model/types.ts";

export function isItems(value: unknown): value is readonly Value[] {
  return Array.isArray(value);
}

export function isRecord(value: unknown): value is Readonly<Record<string, Value>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A member that the record itself has, whatever its name. */
export function own<T>(values: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

export function isText(value: unknown): value is string {
  return typeof value === "string";
}
