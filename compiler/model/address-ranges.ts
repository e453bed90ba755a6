/**
 * Sets of IP addresses as ascending bounds, and their algebra. Promises: canonical (equal sets have equal bounds), each
 * operation is one pass over sorted bounds. Knows blocks, not their text beyond that of canonical lists, and nothing of programs.
 */
import { blockText, ipv4BlockNumber, parseBlock, type Block } from "./address-text.ts";

/**
 * Bounds ascend strictly and take turns: the set begins at an even place and ends before the next, odd one. So
 * `[a, b, c, d]` holds a to b - 1 and c to d - 1, and the end of the whole space is 2^32 or 2^128.
 */
export type AddressSet = { readonly ipv4: readonly number[]; readonly ipv6: readonly bigint[] };

export const NO_ADDRESS: AddressSet = { ipv4: [], ipv6: [] };
export const EVERY_ADDRESS: AddressSet = { ipv4: [0, 2 ** 32], ipv6: [0n, 1n << 128n] };

/** All addresses of the blocks, which may overlap and repeat. */
export function addressSet(blocks: readonly Block[]): AddressSet {
  const found = collection(blocks.length);
  for (const block of blocks) add(found, block);
  return setOf(found);
}

/** Starts and ends of blocks. Room for all of IPv4, since lists have a million of them. */
type Collection = {
  readonly starts: Float64Array;
  readonly ends: Float64Array;
  count: number;
  readonly ipv6: { readonly starts: bigint[]; readonly ends: bigint[] };
};

function collection(most: number): Collection {
  return { starts: new Float64Array(most), ends: new Float64Array(most), count: 0, ipv6: { starts: [], ends: [] } };
}

function add(found: Collection, block: Block): void {
  if (block.family === "ipv4") return addIpv4(found, block.first, block.prefix);
  found.ipv6.starts.push(block.first);
  found.ipv6.ends.push(block.first + ipv6Size(block.prefix));
}

function addIpv4(found: Collection, first: number, prefix: number): void {
  found.starts[found.count] = first;
  found.ends[found.count++] = first + ipv4Size(prefix);
}

function setOf({ starts, ends, count, ipv6 }: Collection): AddressSet {
  return {
    ipv4: covered(starts.subarray(0, count).sort(), ends.subarray(0, count).sort()),
    ipv6: covered(ipv6.starts.sort(ascending), ipv6.ends.sort(ascending)),
  };
}

/** The set of canonical CIDR texts, such as `Network.cidrs`; a text that is no CIDR block holds no address. */
export function addressSetOfCidrs(cidrs: readonly string[]): AddressSet {
  const found = collection(cidrs.length);
  for (const text of cidrs) {
    const ipv4 = ipv4BlockNumber(text);
    if (ipv4 >= 0) addIpv4(found, Math.floor(ipv4 / 64), ipv4 % 64);
    else {
      const reading = parseBlock(text);
      if (reading.kind === "block") add(found, reading.block);
    }
  }
  return setOf(found);
}

export function union(left: AddressSet, right: AddressSet): AddressSet {
  return combine(left, right, (inLeft, inRight) => inLeft || inRight);
}

export function difference(left: AddressSet, right: AddressSet): AddressSet {
  return combine(left, right, (inLeft, inRight) => inLeft && !inRight);
}

export function intersection(left: AddressSet, right: AddressSet): AddressSet {
  return combine(left, right, (inLeft, inRight) => inLeft && inRight);
}

export function isEmptySet(set: AddressSet): boolean {
  return set.ipv4.length === 0 && set.ipv6.length === 0;
}

/** The fewest blocks that make up the set: IPv4 first, ascending. */
export function blocksOf(set: AddressSet): readonly Block[] {
  const blocks: Block[] = [];
  eachRange(set.ipv4, (start, end) => {
    for (let first = start; first < end; ) {
      const prefix = shortestPrefix(32, (length) => first % ipv4Size(length) === 0 && first + ipv4Size(length) <= end);
      blocks.push({ family: "ipv4", first, prefix });
      first += ipv4Size(prefix);
    }
  });
  eachRange(set.ipv6, (start, end) => {
    for (let first = start; first < end; ) {
      const prefix = shortestPrefix(128, (length) => (first & (ipv6Size(length) - 1n)) === 0n && first + ipv6Size(length) <= end);
      blocks.push({ family: "ipv6", first, prefix });
      first += ipv6Size(prefix);
    }
  });
  return blocks;
}

/** Canonical, sorted, folded: as `Network.cidrs` wants it. */
export function cidrsOf(set: AddressSet): readonly string[] {
  return blocksOf(set).map(blockText);
}

/** For each block that lies in another (of two equal ones the later lies in the earlier): its index, and that of the largest around it. */
export function swallowedBlocks(blocks: readonly Block[]): readonly { readonly inner: number; readonly outer: number }[] {
  const order = blocks.map((block, at) => ({ block, at, end: endOf(block) }));
  order.sort((a, b) => compareBlocks(a.block, b.block) || a.at - b.at);
  const found: { inner: number; outer: number }[] = [];
  let outer = order[0];
  for (const entry of order.slice(1)) {
    if (outer !== undefined && entry.block.family === outer.block.family && entry.end <= outer.end)
      found.push({ inner: entry.at, outer: outer.at });
    else outer = entry;
  }
  return found.sort((a, b) => a.inner - b.inner);
}

/** Calls `visit` with the start of each range and the first value behind it. */
export function eachRange<N extends number | bigint>(bounds: readonly N[], visit: (start: N, end: N) => void): void {
  for (let at = 0; at + 1 < bounds.length; at += 2) {
    const start = bounds[at];
    const end = bounds[at + 1];
    if (start !== undefined && end !== undefined) visit(start, end);
  }
}

function ipv4Size(prefix: number): number {
  return 2 ** (32 - prefix);
}

function ipv6Size(prefix: number): bigint {
  return 1n << BigInt(128 - prefix);
}

/** A block that fits has halves that fit, so the search may halve. `fits(longest)` must hold. */
function shortestPrefix(longest: number, fits: (prefix: number) => boolean): number {
  let low = 0;
  let high = longest;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (fits(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function endOf(block: Block): number | bigint {
  return block.family === "ipv4" ? block.first + ipv4Size(block.prefix) : block.first + ipv6Size(block.prefix);
}

/** IPv4 first; then by start; of two that start together the larger first. */
function compareBlocks(a: Block, b: Block): number {
  if (a.family !== b.family) return a.family === "ipv4" ? -1 : 1;
  if (a.first !== b.first) return a.first < b.first ? -1 : 1;
  return a.prefix - b.prefix;
}

/** Sorted apart, starts and ends say how many ranges are open at each place; which range an end belongs to does not matter. */
function covered<N extends number | bigint>(starts: ArrayLike<N>, ends: ArrayLike<N>): readonly N[] {
  const bounds: N[] = [];
  let at = 0;
  for (let closed = 0; closed < ends.length; closed++) {
    const end = ends[closed];
    if (end === undefined) break;
    for (let start = starts[at]; start !== undefined && start <= end; start = starts[++at]) {
      if (at === closed) bounds.push(start);
    }
    if (at === closed + 1) bounds.push(end);
  }
  return bounds;
}

function ascending(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function combine(left: AddressSet, right: AddressSet, keep: Keep): AddressSet {
  return { ipv4: combineBounds(left.ipv4, right.ipv4, keep), ipv6: combineBounds(left.ipv6, right.ipv6, keep) };
}

type Keep = (inLeft: boolean, inRight: boolean) => boolean;

/** `keep(false, false)` must be false. */
function combineBounds<N extends number | bigint>(left: readonly N[], right: readonly N[], keep: Keep): readonly N[] {
  const bounds: N[] = [];
  let leftAt = 0;
  let rightAt = 0;
  while (leftAt < left.length || rightAt < right.length) {
    const a = left[leftAt];
    const b = right[rightAt];
    const here = b === undefined || (a !== undefined && a <= b) ? a : b;
    if (here === undefined) break;
    if (a === here) leftAt++;
    if (b === here) rightAt++;
    const inside = keep(leftAt % 2 === 1, rightAt % 2 === 1);
    if (inside !== (bounds.length % 2 === 1)) bounds.push(here);
  }
  return bounds;
}
