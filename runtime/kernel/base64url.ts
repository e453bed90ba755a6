/** Base64url without padding (RFC 4648 section 5, RFC 7515 section 2), strictly: one text for each sequence of bytes. */

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/** Whatever it is shifted and joined with, the sum is negative. */
const bad = -1;
const values = new Int32Array(256).fill(bad);
for (let value = 0; value < 64; value++) values[alphabet.charCodeAt(value)] = value;

const encoder = new TextEncoder();
const characters = new Uint8Array(1024);

/** Undefined for other characters, padding, impossible lengths and bits that no byte holds. */
export function decodeBase64Url(text: string): Uint8Array | undefined {
  const { length } = text;
  // Making a place for its characters takes as long as reading them. One that is not ASCII is several bytes, which stand for nothing.
  const given = length > characters.length ? encoder.encode(text) : characters;
  if (given === characters && encoder.encodeInto(text, characters).written !== length) return undefined;
  const bytes = new Uint8Array(Math.floor((length * 3) / 4));
  return decodeInto(bytes, 0, given, 0, length) < 0 ? undefined : bytes;
}

/**
 * Of the ASCII in `[start, end)` of `given`, whose bytes are written from `begin` on; gives where they end, or -1 as above. Bytes may be written over
 * what was read: there are fewer of them.
 */
export function decodeInto(bytes: Uint8Array, begin: number, given: Uint8Array, start: number, end: number): number {
  const rest = (end - start) % 4;
  if (rest === 1) return -1;
  let to = begin;
  let at = start;
  // Four characters are three bytes; each is looked at once, and the sign tells whether one of the four was bad.
  for (const whole = end - rest; at < whole; at += 4) {
    const held = (valueAt(given, at) << 18) | (valueAt(given, at + 1) << 12) | (valueAt(given, at + 2) << 6) | valueAt(given, at + 3);
    if (held < 0) return -1;
    bytes[to++] = held >> 16;
    bytes[to++] = held >> 8;
    bytes[to++] = held;
  }
  if (rest === 0) return to;
  const last = rest === 3 ? valueAt(given, at + 2) : 0;
  const held = (valueAt(given, at) << 18) | (valueAt(given, at + 1) << 12) | (last << 6);
  if (held < 0 || (held & (rest === 3 ? 0xff : 0xffff)) !== 0) return -1;
  bytes[to++] = held >> 16;
  if (rest === 3) bytes[to++] = held >> 8;
  return to;
}

function valueAt(given: Uint8Array, at: number): number {
  return values[given[at] ?? 0] ?? bad;
}
