/** Looking up fields by lower-case name. A scan: a request has few fields, and a map for each request would cost more. */
import type { HeaderField } from "../contract/gateway.ts";

const none: readonly string[] = [];

export function firstValue(fields: readonly HeaderField[], name: string): string | undefined {
  for (const field of fields) if (field[0] === name) return field[1];
  return undefined;
}

export function allValues(fields: readonly HeaderField[], name: string): readonly string[] {
  let values: string[] | undefined;
  for (const field of fields) {
    if (field[0] !== name) continue;
    if (values === undefined) values = [field[1]];
    else values.push(field[1]);
  }
  return values ?? none;
}

export function countFields(fields: readonly HeaderField[], name: string): number {
  let count = 0;
  for (const field of fields) if (field[0] === name) count++;
  return count;
}

/** Whether a field of one of the names came more than once. */
export function repeatsAny(fields: readonly HeaderField[], names: readonly string[]): boolean {
  for (const name of names) if (countFields(fields, name) > 1) return true;
  return false;
}
