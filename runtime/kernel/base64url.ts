/** Base64url without padding (RFC 4648 section 5, RFC 7515 section 2), strictly: one text for each sequence of bytes. */

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const bad = 255;
const values = new Uint8Array(128).fill(bad);
for (let value = 0; value < 64; value++) values[alphabet.charCodeAt(value)] = value;

/** Undefined for other characters, padding, impossible lengths and bits that no byte holds. */
export function decodeBase64Url(text: string): Uint8Array | undefined {
  const { length } = text;
  if (length % 4 === 1) return undefined;
  const bytes = new Uint8Array(Math.floor((length * 3) / 4));
  let held = 0;
  let bits = 0;
  let to = 0;
  for (let at = 0; at < length; at++) {
    const code = text.charCodeAt(at);
    const value = code < 128 ? (values[code] ?? bad) : bad;
    if (value === bad) return undefined;
    held = ((held << 6) | value) & 0xfff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[to++] = (held >>> bits) & 255;
    }
  }
  return (held & ((1 << bits) - 1)) === 0 ? bytes : undefined;
}
