/** Addresses on the edges of networks: the first, the last, one before, one after; and as they are written by different peers. */
import type { Choices } from "./choices.ts";
import { ADDRESSES, BLOCKS } from "./vocabulary.ts";

export function address(c: Choices, blocks: readonly string[]): string {
  if (c.chance(1, 4)) return c.pick([...ADDRESSES, "192.0.2.1", "::ffff:203.0.113.5"]);
  return edge(c.pick(blocks.length === 0 || c.chance(1, 5) ? BLOCKS : blocks), c.below(4));
}

/** A whole `x-forwarded-for` value: good entries, and now and then what must be refused. */
export function forwardedFor(c: Choices, blocks: readonly string[]): string {
  const entry = (): string =>
    c.chance(1, 10) ? c.pick(["unknown", "203.0.113.5:80", "[::1]", "", "010.0.0.1", "1.2.3", "fe80::1%eth0"]) : address(c, blocks);
  return c.some(1, 3, entry).join(c.pick([", ", ",", " , "]));
}

function edge(block: string, which: number): string {
  const [text = "", length = ""] = block.split("/");
  const bits = text.includes(":") ? 128 : 32;
  const size = 1n << BigInt(bits - Number(length));
  const first = toNumber(text);
  const all = (1n << BigInt(bits)) - 1n;
  const at = [first, first + size - 1n, first - 1n, first + size][which] ?? first;
  return toText(at & all, bits);
}

function toNumber(text: string): bigint {
  if (!text.includes(":")) return text.split(".").reduce((sum, part) => sum * 256n + BigInt(part), 0n);
  const [head = "", tail = ""] = text.split("::");
  const groups = (part: string): string[] => (part === "" ? [] : part.split(":"));
  const missing = text.includes("::") ? 8 - groups(head).length - groups(tail).length : 0;
  return [...groups(head), ...Array<string>(missing).fill("0"), ...groups(tail)].reduce(
    (sum, part) => sum * 65536n + BigInt(`0x${part}`),
    0n,
  );
}

function toText(value: bigint, bits: number): string {
  if (bits === 32) return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 255n)).join(".");
  return Array.from({ length: 8 }, (_, index) => ((value >> BigInt(112 - 16 * index)) & 65535n).toString(16)).join(":");
}
