/** Percent-encoding of single bytes, upper-case as SigV4 has it. */

const triplets: readonly string[] = Array.from({ length: 256 }, (_, byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`);

export function tripletOf(byte: number): string {
  return triplets[byte & 255] ?? "";
}
