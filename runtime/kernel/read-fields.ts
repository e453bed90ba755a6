/**
 * The fields of a request in one form, read in one pass: names lower-case, values without blanks at their ends, and which of the fields that
 * decide something came, and came again. Knows no value.
 */
import type { HeaderField } from "../contract/gateway.ts";
import { isFieldValue, trimBlanks } from "./characters.ts";
import { requestFieldName } from "./field-names.ts";

/** Fields that may occur once, beside those that identities read (RFC 9110 section 5.3: a singleton sent twice has no meaning). */
const singletons = [
  "host",
  "authorization",
  "content-type",
  "content-length",
  "cookie",
  "x-forwarded-for",
  "x-forwarded-proto",
  "x-forwarded-host",
  "x-forwarded-port",
  "forwarded",
  "x-request-id",
  "proxy-authorization",
  "expect",
  "transfer-encoding",
] as const;
/** Fields that are looked at where they came, however often. */
const others = ["connection", "upgrade"] as const;

/** Names as a set: a bit for each. */
export type FieldSet = number;
export type WatchedField = (typeof singletons | typeof others)[number];

export type RawFields = {
  readonly headers: readonly HeaderField[];
  readonly seen: FieldSet;
  /** Singletons that came more than once. */
  readonly repeated: FieldSet;
};

const bits: ReadonlyMap<string, number> = new Map([...singletons, ...others].map((name, at) => [name, 1 << at]));
const mayRepeat = others.reduce((set, name) => set | bitOf(name), 0);

export function isAmong(fields: FieldSet, name: WatchedField): boolean {
  return (fields & bitOf(name)) !== 0;
}

function bitOf(name: string): number {
  return bits.get(name) ?? 0;
}

/** `rawHeaders`: names and values in turn. Undefined where one of them is none. */
export function readFields(rawHeaders: readonly string[]): RawFields | undefined {
  const headers: HeaderField[] = [];
  let seen = 0;
  let repeated = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = requestFieldName(rawHeaders[at] ?? "");
    const value = rawHeaders[at + 1];
    if (name === undefined || value === undefined || !isFieldValue(value)) return undefined;
    const bit = bitOf(name);
    repeated |= seen & bit;
    seen |= bit;
    headers.push([name, trimBlanks(value)]);
  }
  return { headers, seen, repeated: repeated & ~mayRepeat };
}
