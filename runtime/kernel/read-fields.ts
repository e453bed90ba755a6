/** The fields of a request in one form, and which of the fields that decide something came, and came again. Knows no value. */
import type { HeaderField } from "../contract/gateway.ts";
import { readLine } from "./field-lines.ts";
import { type FieldSet, singletons } from "./watched-fields.ts";

export type RawFields = {
  /** Names lower-case, values without blanks at their ends. */
  readonly headers: readonly HeaderField[];
  readonly seen: FieldSet;
  /** Singletons that came more than once. */
  readonly repeated: FieldSet;
};

/** `rawHeaders`: names and values in turn. Undefined where one of them is none. */
export function readFields(rawHeaders: readonly string[]): RawFields | undefined {
  const headers: HeaderField[] = [];
  let seen = 0;
  let repeated = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const value = rawHeaders[at + 1];
    const line = value === undefined ? undefined : readLine(rawHeaders[at] ?? "", value);
    if (line === undefined) return undefined;
    repeated |= seen & line.bit;
    seen |= line.bit;
    headers.push(line.field);
  }
  return { headers, seen, repeated: repeated & singletons };
}
