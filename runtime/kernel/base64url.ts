/** Base64url without padding (RFC 4648 section 5, RFC 7515 section 2), strictly: one text for each sequence of bytes. */

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/** Whatever it is shifted and joined with, the sum is negative. */
const bad = -1;
const values = new Int32Array(256).fill(bad);
for (let value = 0; value < 64; value++) values[alphabet.charCodeAt(value)] = value;

/** Undefined for other characters, padding, impossible lengths and bits that no byte holds. */
export function decodeBase64Url(text: string): Uint8Array | undefined {
  const { length } = text;
  const rest = length % 4;
  if (rest === 1) return undefined;
  const bytes = new Uint8Array(Math.floor((length * 3) / 4));
  let to = 0;
  let at = 0;
  // Four characters are three bytes; each is looked at once, and the sign tells whether one of the four was bad.
  while (at < length - rest) {
    const held = (valueAt(text, at) << 18) | (valueAt(text, at + 1) << 12) | (valueAt(text, at + 2) << 6) | valueAt(text, at + 3);
    if (held < 0) return undefined;
    bytes[to++] = held >> 16;
    bytes[to++] = held >> 8;
    bytes[to++] = held;
    at += 4;
  }
  if (rest === 0) return bytes;
  const last = rest === 3 ? valueAt(text, at + 2) : 0;
  const held = (valueAt(text, at) << 18) | (valueAt(text, at + 1) << 12) | (last << 6);
  if (held < 0 || (held & (rest === 3 ? 0xff : 0xffff)) !== 0) return undefined;
  bytes[to++] = held >> 16;
  if (rest === 3) bytes[to] = held >> 8;
  return bytes;
}

function valueAt(text: string, at: number): number {
  return values[text.charCodeAt(at)] ?? bad;
}
