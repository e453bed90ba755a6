/** CRC-32C (Castagnoli; RFC 3385), as PROXY headers carry it. */
const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++) rest = (rest & 1) === 1 ? (rest >>> 1) ^ 0x82f63b78 : rest >>> 1;
  return rest >>> 0;
});

/** Of `bytes`, of which the four from `hole` on count as zeros. */
export function crc32c(bytes: Uint8Array, hole: number): number {
  let sum = 0xffff_ffff;
  for (const [at, byte] of bytes.entries()) {
    const counted = at >= hole && at < hole + 4 ? 0 : byte;
    sum = (sum >>> 8) ^ (table[(sum ^ counted) & 0xff] ?? 0);
  }
  return (sum ^ 0xffff_ffff) >>> 0;
}
