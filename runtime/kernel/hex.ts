/** Bytes as lower-case hex digits and back, strictly: one text for each sequence of bytes. */
import { hexValue } from "./characters.ts";

const pairs: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

export function hexOf(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at++) text += pairs[bytes[at] ?? 0];
  return text;
}

/** Undefined for an odd length, upper-case digits, and whatever is no digit. */
export function bytesOfHex(text: string): Uint8Array | undefined {
  if (text.length % 2 === 1) return undefined;
  const bytes = new Uint8Array(text.length / 2);
  for (let at = 0; at < text.length; at += 2) {
    const high = lowerDigit(text.charCodeAt(at));
    const low = lowerDigit(text.charCodeAt(at + 1));
    if (high < 0 || low < 0) return undefined;
    bytes[at / 2] = high * 16 + low;
  }
  return bytes;
}

function lowerDigit(code: number): number {
  return code >= 65 && code <= 70 ? -1 : hexValue(code);
}
