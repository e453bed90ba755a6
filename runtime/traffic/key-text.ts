/** The text under which calls are counted. Promises that it is short, whatever a caller sends. */
import { parseAddress } from "../kernel/ip.ts";
import type { World } from "../contract/world.ts";

const longest = 128;

/** `prefix`: of IPv6 addresses, whose text is canonical. */
export function keyText(value: unknown, prefix: number | undefined, world: Pick<World, "digest">): string | undefined {
  if (typeof value !== "string") return undefined;
  if (prefix !== undefined) return value.includes(":") ? network(value, prefix) : value;
  return value.length <= longest ? value : digestText(world.digest("sha256", value));
}

/** The four words of the address, cut. */
function network(text: string, prefix: number): string {
  const address = parseAddress(text);
  if (address?.family !== 6) return text;
  const { w0, w1, w2, w3 } = address;
  return [w0, w1, w2, w3].map((word, at) => cut(word, prefix - at * 32).toString(16)).join(":");
}

function cut(word: number, bits: number): number {
  if (bits >= 32) return word;
  return bits <= 0 ? 0 : (word >>> (32 - bits)) * 2 ** (32 - bits);
}

/** No text of a key is as long. */
function digestText(bytes: Uint8Array): string {
  let text = "digest ".padEnd(longest + 1);
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
