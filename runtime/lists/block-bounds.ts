/** Blocks, which may overlap and repeat, as the bounds of the set that they are together. Promises time that grows like that of sorting. */
import type { AddressBounds } from "../contract/network-lists.ts";
import type { Block } from "./blocks.ts";

/** A start and a prefix share one exact double. */
const prefixes = 64;

export function blockBounds(blocks: readonly Block[]): AddressBounds {
  const ipv4 = new Float64Array(blocks.length);
  const ipv6: SixBlock[] = [];
  let count = 0;
  for (const { address, prefix } of blocks) {
    if (address.family === 4) ipv4[count++] = address.value * prefixes + prefix;
    else ipv6.push({ start: [address.w0, address.w1, address.w2, address.w3], prefix });
  }
  return { ipv4: ipv4Bounds(ipv4.subarray(0, count).sort()), ipv6: ipv6Bounds(ipv6) };
}

/** `sorted`: by start. The end of the whole space is left out. */
function ipv4Bounds(sorted: Float64Array): Uint32Array {
  const bounds = new Uint32Array(sorted.length * 2);
  let count = 0;
  let end = -1;
  for (const one of sorted) {
    const start = Math.floor(one / prefixes);
    const behind = start + 2 ** (32 - (one % prefixes));
    if (start > end) {
      if (end >= 0) bounds[count++] = end;
      bounds[count++] = start;
      end = behind;
    } else if (behind > end) end = behind;
  }
  if (end >= 0 && end < 2 ** 32) bounds[count++] = end;
  return bounds.slice(0, count);
}

type Words = readonly [number, number, number, number];
type SixBlock = { readonly start: Words; readonly prefix: number };

function ipv6Bounds(blocks: SixBlock[]): Uint32Array {
  blocks.sort((left, right) => compared(left.start, right.start));
  const bounds = new Uint32Array(blocks.length * 8);
  let count = 0;
  const push = (words: Words): void => {
    bounds.set(words, count);
    count += 4;
  };
  let end: Words | "nothing" | "beyond" = "nothing";
  for (const { start, prefix } of blocks) {
    if (end === "beyond") break;
    const behind = endOf(start, prefix);
    if (end === "nothing" || compared(start, end) > 0) {
      if (end !== "nothing") push(end);
      push(start);
      end = behind;
    } else if (behind === "beyond" || compared(behind, end) > 0) end = behind;
  }
  if (end !== "nothing" && end !== "beyond") push(end);
  return bounds.slice(0, count);
}

function compared(left: Words, right: Words): number {
  for (let at = 0; at < 4; at++) {
    const [one = 0, other = 0] = [left[at], right[at]];
    if (one !== other) return one - other;
  }
  return 0;
}

/** The first address behind the block. */
function endOf(start: Words, prefix: number): Words | "beyond" {
  const words: [number, number, number, number] = [...start];
  let added = 2 ** ((128 - prefix) % 32);
  for (let at = prefix === 0 ? -1 : (prefix - 1) >>> 5; at >= 0; at--) {
    const sum = (words[at] ?? 0) + added;
    words[at] = sum >>> 0;
    if (sum < 2 ** 32) return words;
    added = 1;
  }
  return "beyond";
}
