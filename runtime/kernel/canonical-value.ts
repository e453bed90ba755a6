/**
 * One form for values that have several spellings, so that deep comparison is comparison of JSON: addresses and UUIDs
 * canonical, sets sorted and without repeats (D42, D43). Only for lists, sets, maps and records; scalars have functions of their own.
 */
import type { ValueType } from "../contract/value-type.ts";
import { canonicalIp, canonicalUuid, member } from "./operators.ts";

export function canonicalValue(value: unknown, type: ValueType): unknown {
  switch (type.kind) {
    case "ip":
      return canonicalIp(value);
    case "uuid":
      return canonicalUuid(value);
    case "newtype":
      return canonicalValue(value, type.base);
    case "optional":
      return value === undefined ? undefined : canonicalValue(value, type.type);
    case "list":
      return Array.isArray(value) ? value.map((one) => canonicalValue(one, type.element)) : undefined;
    case "set":
      return Array.isArray(value) ? sorted(value.map((one) => canonicalValue(one, type.element))) : undefined;
    case "map":
      return members(value, (name) => canonicalValue(member(value, name), type.element));
    case "record": {
      const fields = new Map(type.fields.map((field) => [field.name, field.type]));
      return members(value, (name) => canonicalValue(member(value, name), fields.get(name) ?? { kind: "bool" }));
    }
    default:
      return value;
  }
}

/** In the order of their names, so that equal records print the same. */
function members(value: unknown, canonical: (name: string) => unknown): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return Object.fromEntries(
    Object.keys(value)
      .toSorted()
      .map((name) => [name, canonical(name)]),
  );
}

function sorted(values: readonly unknown[]): readonly unknown[] {
  const byText = new Map(values.map((value) => [JSON.stringify(value) ?? "", value]));
  return [...byText].toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([, value]) => value);
}
