/**
 * Frames of `application/vnd.amazon.eventstream`: four bytes with the length of the frame, four with that of its headers, a CRC-32 of both; headers;
 * payload; a CRC-32 of all before it. Promises: bytes in pieces of any size give the same frames, and a frame that is damaged or too long ends it all.
 */

/** Text headers by name; others are left out. */
export type Frame = { readonly headers: ReadonlyMap<string, string>; readonly payload: Uint8Array };
/** The frames that are whole now. Undefined: the stream is broken, and nothing after it can be trusted. */
export type FrameReader = (piece: Uint8Array) => readonly Frame[] | undefined;

/** Bytes: AWS sends none that is longer. */
const longestFrame = 24 * 1024 * 1024;
const preludeSize = 12;
const textHeader = 7;
const decoder = new TextDecoder();

/** `crc32`: of bytes (ISO 3309), as an unsigned number. */
export function frameReader(crc32: (bytes: Uint8Array) => number): FrameReader {
  let rest: Uint8Array = new Uint8Array(0);
  return (piece) => {
    rest = joined(rest, piece);
    const frames: Frame[] = [];
    while (rest.length >= preludeSize) {
      const view = new DataView(rest.buffer, rest.byteOffset, rest.byteLength);
      const size = view.getUint32(0);
      const headersSize = view.getUint32(4);
      if (size > longestFrame || size < preludeSize + headersSize + 4) return undefined;
      if (view.getUint32(8) !== crc32(rest.subarray(0, 8))) return undefined;
      if (rest.length < size) break;
      if (view.getUint32(size - 4) !== crc32(rest.subarray(0, size - 4))) return undefined;
      const headers = readHeaders(rest.subarray(preludeSize, preludeSize + headersSize));
      if (headers === undefined) return undefined;
      frames.push({ headers, payload: rest.subarray(preludeSize + headersSize, size - 4) });
      rest = rest.subarray(size);
    }
    return frames;
  };
}

function joined(left: Uint8Array, right: Uint8Array): Uint8Array {
  if (left.length === 0) return right;
  const both = new Uint8Array(left.length + right.length);
  both.set(left);
  both.set(right, left.length);
  return both;
}

/** How many bytes the value of each type has; texts and byte arrays say it themselves. */
const sizes: Readonly<Record<number, number>> = { 0: 0, 1: 0, 2: 1, 3: 2, 4: 4, 5: 8, 8: 8, 9: 16 };

function readHeaders(bytes: Uint8Array): ReadonlyMap<string, string> | undefined {
  const headers = new Map<string, string>();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  while (at < bytes.length) {
    const nameEnd = at + 1 + (bytes[at] ?? 0);
    const type = bytes[nameEnd];
    if (type === undefined) return undefined;
    const isCounted = type === 6 || type === textHeader;
    if (isCounted && nameEnd + 3 > bytes.length) return undefined;
    const start = nameEnd + (isCounted ? 3 : 1);
    const size = isCounted ? view.getUint16(nameEnd + 1) : sizes[type];
    if (size === undefined || start + size > bytes.length) return undefined;
    if (type === textHeader)
      headers.set(decoder.decode(bytes.subarray(at + 1, nameEnd)), decoder.decode(bytes.subarray(start, start + size)));
    at = start + size;
  }
  return headers;
}
