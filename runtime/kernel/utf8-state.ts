/** UTF-8 checked byte by byte (RFC 3629 section 4): no overlong forms, no surrogates, nothing above U+10FFFF. */

/** Between characters. */
export const utf8Start = 0;
/** The sequence is broken. */
export const utf8Broken = -1;

/** The state after `byte`: how many bytes must follow (bits 16 up), and the least and greatest value of the next. */
export function utf8Next(state: number, byte: number): number {
  if (state === utf8Start) return leading(byte);
  const least = (state >>> 8) & 255;
  const greatest = state & 255;
  if (byte < least || byte > greatest) return utf8Broken;
  const left = (state >>> 16) - 1;
  return left === 0 ? utf8Start : expect(left, 0x80, 0xbf);
}

function leading(byte: number): number {
  if (byte < 0x80) return utf8Start;
  if (byte < 0xc2) return utf8Broken;
  if (byte < 0xe0) return expect(1, 0x80, 0xbf);
  if (byte < 0xf0) return expect(2, byte === 0xe0 ? 0xa0 : 0x80, byte === 0xed ? 0x9f : 0xbf);
  if (byte < 0xf5) return expect(3, byte === 0xf0 ? 0x90 : 0x80, byte === 0xf4 ? 0x8f : 0xbf);
  return utf8Broken;
}

function expect(count: number, least: number, greatest: number): number {
  return (count << 16) | (least << 8) | greatest;
}
