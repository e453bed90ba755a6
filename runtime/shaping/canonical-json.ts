/**
 * Values of the language as JSON in its one canonical form (RFC 8785): members sorted, no white space, numbers and texts as ECMAScript writes them. So
 * equal values are equal bytes, whoever sent their parts in which order.
 */
import type { ValueType } from "../contract/value-type.ts";
import { canonicalIp, canonicalUuid } from "../kernel/operators.ts";

/** Undefined: more than `most` bytes. `type`: of the value, which fits it. */
export function canonicalJson(value: unknown, type: ValueType, most: number): Uint8Array | undefined {
  const pieces: string[] = [];
  if (!write(value, type, { pieces, left: most })) return undefined;
  const bytes = encoder.encode(pieces.join(""));
  return bytes.length > most ? undefined : bytes;
}

const encoder = new TextEncoder();

/** `left`: bytes, counted as characters, of which there are never more. */
type Written = { readonly pieces: string[]; left: number };

/** False: there is no room left. */
function put(text: string, to: Written): boolean {
  to.pieces.push(text);
  to.left -= text.length;
  return to.left >= 0;
}

function write(value: unknown, type: ValueType, to: Written): boolean {
  switch (type.kind) {
    case "newtype":
      return write(value, type.base, to);
    case "optional":
      return write(value, type.type, to);
    case "list":
    case "set":
      return writeList(Array.isArray(value) ? value : [], type.element, to);
    case "map":
      return writeMembers(value, () => type.element, to);
    case "record": {
      const types = new Map(type.fields.map((field) => [field.name, field.type]));
      return writeMembers(value, (name) => types.get(name), to);
    }
    case "ip":
      return put(JSON.stringify(canonicalIp(value) ?? ""), to);
    case "uuid":
      return put(JSON.stringify(canonicalUuid(value) ?? ""), to);
    default:
      return put(JSON.stringify(value) ?? "null", to);
  }
}

function writeList(values: readonly unknown[], element: ValueType, to: Written): boolean {
  for (const [at, value] of values.entries()) if (!put(at === 0 ? "[" : ",", to) || !write(value, element, to)) return false;
  return put(values.length === 0 ? "[]" : "]", to);
}

/** Sorted by code units. */
function writeMembers(value: unknown, typeOf: (name: string) => ValueType | undefined, to: Written): boolean {
  const members = (typeof value === "object" && value !== null ? value : {}) as Readonly<Record<string, unknown>>;
  let begin = "{";
  for (const name of Object.keys(members).sort()) {
    const type = typeOf(name);
    if (type === undefined) continue;
    if (!put(`${begin}${JSON.stringify(name)}:`, to) || !write(members[name], type, to)) return false;
    begin = ",";
  }
  return put(begin === "{" ? "{}" : "}", to);
}
