/** Answers to one request that depend on further fields (RFC 9111, section 4.1). */
import type { HeaderField } from "../contract/gateway.ts";
import { allValues } from "../kernel/fields.ts";
import { lowerAscii, trimBlanks } from "../kernel/characters.ts";

/** Sorted, lower-case, each once. `any`: nobody knows by what the answer was chosen. */
export function varyNames(fields: readonly HeaderField[]): readonly string[] | "any" {
  const names = new Set(
    allValues(fields, "vary")
      .flatMap((value) => value.split(","))
      .map((name) => lowerAscii(trimBlanks(name)))
      .filter((name) => name !== ""),
  );
  return names.has("*") ? "any" : [...names].sort();
}

/** Requests with equal texts get the same one. `requested`: fields of the request as the backend sees them. */
export function variantText(names: readonly string[], requested: readonly HeaderField[]): string {
  return names.length === 0 ? "" : JSON.stringify(names.map((name) => [name, ...allValues(requested, name).map(trimBlanks)]));
}
