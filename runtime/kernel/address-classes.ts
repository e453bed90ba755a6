/**
 * The class of an address: which networks hold it. Addresses are searched in sorted ranges; of many ranges an index by the
 * upper bits says between which two to look. Knows neither networks nor rules.
 *
 * Chosen by measurement (`npm run bench -- --only networks`): a trie (poptrie) costs twice as much from 100,000 prefixes on, a table of
 * all upper halves (DIR-24-8) is no quicker once the text has to be read and takes 36 MB, a hash of IPv6's first word 65 bytes a prefix.
 */
import type { Address, Ipv6 } from "./ip.ts";
import { isAtMost } from "./lone-networks.ts";
import type { ClassOf, Numbers, TableViews } from "./table-views.ts";

/** Below this many ranges a search is as quick as the jump, and the index is not worth its making. */
const rangesWorthAnIndex = 256;
/** 256 KiB and 4 MiB: of IPv4 an index has about one place for each four ranges, so that a search ends after two steps. */
const [fewestBits, mostBits] = [16, 20] as const;

/**
 * Undefined where ranges of IPv4 do not ascend or have a class that there is not. The last answer is remembered: one request asks for the class of one
 * address several times, and a connection's requests share theirs.
 */
export function classOfAddress({ data, ipv4Starts, ipv4Classes, ipv6Starts, ipv6Classes }: TableViews): ClassOf | undefined {
  const ipv4 = ipv4Search(ipv4Starts, ipv4Classes, data.classCount);
  if (ipv4 === undefined) return undefined;
  const ipv6 = ipv6Search(ipv6Starts, ipv6Classes);
  let last: Address | undefined;
  let lastClass = 0;
  return (address) => {
    if (address !== last) {
      lastClass = address.family === 4 ? ipv4(address.value) : ipv6(address);
      last = address;
    }
    return lastClass;
  };
}

type Ipv4Search = (value: number) => number;

function ipv4Search(starts: Uint32Array, classes: Numbers, classCount: number): Ipv4Search | undefined {
  const bits = Math.min(mostBits, Math.max(fewestBits, Math.ceil(Math.log2(starts.length / 4))));
  if (starts.length >= rangesWorthAnIndex && classCount <= 2 ** bits) return packedSearch(starts, classes, classCount, bits);
  let above = -1;
  for (let range = 0; range < starts.length; range++) {
    const start = starts[range] ?? 0;
    if (start <= above || (classes[range] ?? 0) >= classCount) return undefined;
    above = start;
  }
  return (value) => classes[lastStart(starts, value, 0, starts.length - 1)] ?? 0;
}

/**
 * The lower bits of a start and the class of its range share a number, so that a search within one bucket touches one line of
 * memory. `index[bucket]`: the first range that starts in the bucket or behind; the one before it reaches into the bucket.
 */
function packedSearch(starts: Uint32Array, classes: Numbers, classCount: number, bits: number): Ipv4Search | undefined {
  const shift = 32 - bits;
  const classMask = 2 ** bits - 1;
  const packed = new Uint32Array(starts.length);
  const index = new Uint32Array(2 ** bits + 1).fill(starts.length);
  let behind = 2 ** 32;
  for (let range = starts.length - 1; range >= 0; range--) {
    const start = starts[range] ?? 0;
    const one = classes[range] ?? 0;
    if (start >= behind || one >= classCount) return undefined;
    behind = start;
    packed[range] = (start << bits) | one;
    index[start >>> shift] = range;
  }
  for (let bucket = 2 ** bits - 1; bucket >= 0; bucket--) index[bucket] = Math.min(index[bucket] ?? 0, index[bucket + 1] ?? 0);
  return (value) => {
    const bucket = value >>> shift;
    const key = ((value << bits) | classMask) >>> 0;
    let low = index[bucket] ?? 0;
    let high = index[bucket + 1] ?? 0;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((packed[middle] ?? 0) <= key) low = middle + 1;
      else high = middle;
    }
    return (packed[low - 1] ?? 0) & classMask;
  };
}

/** For each value of the upper bits the range that holds the first address with them, and one more entry for the last range. */
function firstWordIndex(starts: Uint32Array, shift: number, buckets: number): Uint32Array {
  const index = new Uint32Array(buckets + 1);
  const last = starts.length / 4 - 1;
  const size = 2 ** shift;
  let range = 0;
  for (let bucket = 0; bucket < buckets; bucket++) {
    while (range < last && isAtMost(starts, (range + 1) * 4, { family: 6, w0: bucket * size, w1: 0, w2: 0, w3: 0 })) range++;
    index[bucket] = range;
  }
  index[buckets] = last;
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

function ipv6Search(starts: Uint32Array, classes: Numbers): (address: Ipv6) => number {
  const ranges = starts.length / 4;
  if (ranges < rangesWorthAnIndex) return (address) => classes[lastIpv6Start(starts, address, 0, ranges - 1)] ?? 0;
  const shift = globalShift(starts);
  const buckets = ((starts[(ranges - 1) * 4] ?? 0) >>> shift) + 1;
  const index = firstWordIndex(starts, shift, buckets);
  return (address) => {
    const bucket = Math.min(address.w0 >>> shift, buckets - 1);
    return classes[lastIpv6Start(starts, address, index[bucket] ?? 0, index[bucket + 1] ?? 0)] ?? 0;
  };
}

/** Networks stand close together at the lower end of IPv6 (2000::/3): the index ends with the last of them, so its bits go further. */
function globalShift(starts: Uint32Array): number {
  const highest = starts[starts.length - 4] ?? 0;
  return Math.max(0, 32 - Math.clz32(highest) - fewestBits);
}

function lastIpv6Start(starts: Uint32Array, address: Ipv6, low: number, high: number): number {
  let first = low;
  let last = high;
  while (first < last) {
    const middle = (first + last + 1) >>> 1;
    if (isAtMost(starts, middle * 4, address)) first = middle;
    else last = middle - 1;
  }
  return first;
}
