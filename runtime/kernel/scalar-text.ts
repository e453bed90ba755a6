/**
 * Values of path parameters from their text: one spelling for each value, all else does not fit and is undefined. Emitted
 * code calls these with the constraints of the parameter's type.
 */
import { addressText, parseAddress } from "./ip.ts";

const wholeNumber = /^(?:0|-?[1-9][0-9]*)$/;

/** Without leading zeros or `-0`, at most 53 bits. */
export function readInt(text: string, min: number, max: number): number | undefined {
  if (text.length > 17 || !wholeNumber.test(text)) return undefined;
  const value = Number(text);
  return Number.isSafeInteger(value) && value >= min && value <= max ? value : undefined;
}

export function readBool(text: string): boolean | undefined {
  return text === "true" ? true : text === "false" ? false : undefined;
}

/** Gives the canonical text. */
export function readIp(text: string): string | undefined {
  const address = parseAddress(text);
  return address === undefined ? undefined : addressText(address);
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Gives lower-case hex (RFC 9562). */
export function readUuid(text: string): string | undefined {
  return uuid.test(text) ? text.toLowerCase() : undefined;
}

export function readLiteral(text: string, values: readonly unknown[]): unknown {
  return values.find((value) => String(value) === text);
}

/** Lengths in Unicode code points, both included. */
export function readString(text: string, minLength: number, maxLength: number, pattern?: RegExp): string | undefined {
  const length = codePoints(text);
  return length >= minLength && length <= maxLength && (pattern === undefined || pattern.test(text)) ? text : undefined;
}

export function codePoints(text: string): number {
  let count = text.length;
  for (let at = 0; at + 1 < text.length; at++) {
    if ((text.charCodeAt(at) & 0xfc00) === 0xd800 && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00) {
      count--;
      at++;
    }
  }
  return count;
}

/** An absolute URL, and an Amazon Resource Name (D41). */
export const urlText =
  /^https?:\/\/(?:[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?(?:[/?][!$-;=?-[\]_a-z~]*)?$/;
export const arnText = /^arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:(?:[0-9]{12}|aws)?:[!-~]+$/;
