/** Header fields as the gateway sees them (RFC 9110 section 5): lower-case names, trimmed values, in order. Knows no particular field. */
import type { HeaderField } from "../../runtime/contract/gateway.ts";
import type { Limits } from "../model/program.ts";

const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

export function isToken(text: string): boolean {
  return TOKEN.test(text);
}

/** Without SP and HTAB at both ends; no other character is white space here. */
export function trimBlanks(text: string): string {
  return text.replace(/^[ \t]+/, "").replace(/[ \t]+$/, "");
}

/** A to Z only: no locale, no Unicode folding. */
export function lowerAscii(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

export function pairsOf(rawHeaders: readonly string[]): readonly HeaderField[] {
  const pairs: HeaderField[] = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) pairs.push([rawHeaders[at] ?? "", rawHeaders[at + 1] ?? ""]);
  return pairs;
}

/** D20.2; a field measures its name, its value and 4 bytes more, as received. */
export function areTooLarge(pairs: readonly HeaderField[], limits: Limits): boolean {
  const sizes = pairs.map(([name, value]) => name.length + value.length + 4);
  const sum = sizes.reduce((total, size) => total + size, 0);
  return sum > limits.headers || pairs.length > limits.headerCount || sizes.some((size) => size > limits.headerField);
}

/** D20.3. Undefined: a name that is no token or has `_`, or a value with a control character. */
export function cleanFields(pairs: readonly HeaderField[]): readonly HeaderField[] | undefined {
  const fields = pairs.map(([name, value]): HeaderField => [lowerAscii(name), trimBlanks(value)]);
  const areClean = fields.every(([name, value]) => isToken(name) && !name.includes("_") && /^[\t\x20-\x7e\x80-\xff]*$/.test(value));
  return areClean ? fields : undefined;
}

export function valuesOf(fields: readonly HeaderField[], name: string): readonly string[] {
  return fields.filter(([field]) => field === name).map(([, value]) => value);
}

/** Of a field that was shown to come once at most. */
export function valueOf(fields: readonly HeaderField[], name: string): string | undefined {
  return valuesOf(fields, name)[0];
}
