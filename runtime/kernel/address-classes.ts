/**
 * The class of an address: which networks hold it. IPv4 jumps by its upper half to a few ranges and searches those; IPv6
 * is searched in sorted ranges. Knows neither networks nor rules.
 */
import type { Address, Ipv6 } from "./ip.ts";
import type { Numbers, Tables } from "./table-views.ts";

export type ClassOf = (address: Address) => number;

/** Below this many ranges a search is as quick as the jump, and the index of 256 KiB is not worth its making. */
const rangesWorthAnIndex = 256;

export function classOfAddress(tables: Tables): ClassOf {
  const ipv4 = ipv4Search(tables.ipv4Starts, tables.ipv4Classes);
  const { ipv6Starts, ipv6Classes } = tables;
  return (address) => (address.family === 4 ? ipv4(address.value) : (ipv6Classes[ipv6Range(ipv6Starts, address)] ?? 0));
}

function ipv4Search(starts: Uint32Array, classes: Numbers): (value: number) => number {
  if (starts.length < rangesWorthAnIndex) return (value) => classes[lastStart(starts, value, 0, starts.length - 1)] ?? 0;
  const index = upperHalfIndex(starts);
  return (value) => {
    const bucket = value >>> 16;
    return classes[lastStart(starts, value, index[bucket] ?? 0, index[bucket + 1] ?? 0)] ?? 0;
  };
}

/** For each upper half the range that holds its first address, and one more entry for the last range. */
function upperHalfIndex(starts: Uint32Array): Uint32Array {
  const index = new Uint32Array(0x10001);
  let range = 0;
  for (let bucket = 0; bucket < 0x10000; bucket++) {
    while (range + 1 < starts.length && (starts[range + 1] ?? 0) <= bucket * 0x10000) range++;
    index[bucket] = range;
  }
  index[0x10000] = starts.length - 1;
  return index;
}

/** The last place in `[low, high]` whose start is at most `value`; that of `low` is. */
function lastStart(starts: Uint32Array, value: number, low: number, high: number): number {
  let first = low;
  let last = high;
  while (first < last) {
    const middle = (first + last + 1) >>> 1;
    if ((starts[middle] ?? 0) <= value) first = middle;
    else last = middle - 1;
  }
  return first;
}

function ipv6Range(starts: Uint32Array, address: Ipv6): number {
  let first = 0;
  let last = starts.length / 4 - 1;
  while (first < last) {
    const middle = (first + last + 1) >>> 1;
    if (isAtMost(starts, middle * 4, address)) first = middle;
    else last = middle - 1;
  }
  return first;
}

function isAtMost(starts: Uint32Array, at: number, address: Ipv6): boolean {
  const w0 = starts[at] ?? 0;
  if (w0 !== address.w0) return w0 < address.w0;
  const w1 = starts[at + 1] ?? 0;
  if (w1 !== address.w1) return w1 < address.w1;
  const w2 = starts[at + 2] ?? 0;
  if (w2 !== address.w2) return w2 < address.w2;
  return (starts[at + 3] ?? 0) <= address.w3;
}
