/** base64url without padding (RFC 4648 section 5), strictly: one text for each run of bytes. */
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

export function decodeBase64url(text: string): Uint8Array | undefined {
  const bytes: number[] = [];
  let pending = 0;
  let bits = 0;
  for (const letter of text) {
    const value = ALPHABET.indexOf(letter);
    if (value === -1) return undefined;
    pending = pending * 64 + value;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push(Math.floor(pending / 2 ** bits));
    pending %= 2 ** bits;
  }
  const hasStrayBits = bits === 6 || pending !== 0;
  return hasStrayBits ? undefined : Uint8Array.from(bytes);
}
