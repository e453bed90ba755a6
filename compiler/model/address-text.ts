/**
 * IP addresses and CIDR blocks as text and as numbers. Promises: one strict reading (dotted decimal without leading zeros,
 * RFC 4291 section 2.2 without zone), one canonical text (RFC 5952), and an IPv4-mapped IPv6 address is its IPv4 form.
 * A block of IPv6 that is larger than the mapped block, such as `::/0`, holds IPv6 addresses only. Knows nothing of sets.
 */

export type Address = { readonly family: "ipv4"; readonly value: number } | { readonly family: "ipv6"; readonly value: bigint };

/** `first` has no bits behind `prefix`. */
export type Block =
  | { readonly family: "ipv4"; readonly first: number; readonly prefix: number }
  | { readonly family: "ipv6"; readonly first: bigint; readonly prefix: number };

export type BlockReading =
  | { readonly kind: "block"; readonly block: Block }
  | { readonly kind: "not-an-address" }
  /** No prefix, not a plain number, or more than `longest`. */
  | { readonly kind: "bad-prefix"; readonly longest: 32 | 128 }
  /** `network` is the canonical block that holds the address. */
  | { readonly kind: "host-bits"; readonly network: string };

const MAPPED_PREFIX = 96;
const MAPPED_FIRST = 0xffff_0000_0000n;
const MAPPED_END = 0x1_0000_0000_0000n;

/** An address in plain text, without port, brackets or zone. */
export function parseAddress(text: string): Address | undefined {
  if (!text.includes(":")) {
    const value = parseIpv4(text, 0, text.length);
    return value === undefined ? undefined : { family: "ipv4", value };
  }
  const value = parseIpv6(text);
  if (value === undefined) return undefined;
  return isMapped(value) ? { family: "ipv4", value: Number(value - MAPPED_FIRST) } : { family: "ipv6", value };
}

/** `ADDRESS/PREFIX`. The prefix of a mapped block counts from 96. */
export function parseBlock(text: string): BlockReading {
  const slash = text.indexOf("/");
  const end = slash === -1 ? text.length : slash;
  const colon = text.indexOf(":");
  const longest = colon !== -1 && colon < end ? 128 : 32;
  const value = longest === 32 ? parseIpv4(text, 0, end) : parseIpv6(text.slice(0, end));
  if (value === undefined) return { kind: "not-an-address" };
  const prefix = slash === -1 ? undefined : parsePrefix(text, slash + 1, longest);
  if (prefix === undefined) return { kind: "bad-prefix", longest };
  const block = blockAround(value, prefix);
  return block.first === unmapped(value, prefix) ? { kind: "block", block } : { kind: "host-bits", network: blockText(block) };
}

/** Of a block of IPv4 in plain text its first address times 64 plus its prefix, in one exact double; -1 of all else. Lists have a million of them. */
export function ipv4BlockNumber(text: string): number {
  const slash = text.indexOf("/");
  const first = parseIpv4(text, 0, slash);
  const prefix = first === undefined ? undefined : parsePrefix(text, slash + 1, 32);
  return first === undefined || prefix === undefined || first % 2 ** (32 - prefix) !== 0 ? -1 : first * 64 + prefix;
}

/** The block of exactly one address. */
export function blockOfAddress(address: Address): Block {
  return address.family === "ipv4"
    ? { family: "ipv4", first: address.value, prefix: 32 }
    : { family: "ipv6", first: address.value, prefix: 128 };
}

export function blockText(block: Block): string {
  const address = block.family === "ipv4" ? ipv4Text(block.first) : ipv6Text(block.first);
  return `${address}/${block.prefix}`;
}

/** Canonical text: RFC 5952 for IPv6. */
export function addressText(address: Address): string {
  return address.family === "ipv4" ? ipv4Text(address.value) : ipv6Text(address.value);
}

/** 32 lower-case hex digits. */
export function ipv6Hex(value: bigint): string {
  return value.toString(16).padStart(32, "0");
}

function blockAround(value: number | bigint, prefix: number): Block {
  if (typeof value === "number") {
    const size = 2 ** (32 - prefix);
    return { family: "ipv4", first: value - (value % size), prefix };
  }
  if (prefix >= MAPPED_PREFIX && isMapped(value)) return blockAround(Number(value - MAPPED_FIRST), prefix - MAPPED_PREFIX);
  const hostBits = BigInt(128 - prefix);
  return { family: "ipv6", first: (value >> hostBits) << hostBits, prefix };
}

function unmapped(value: number | bigint, prefix: number): number | bigint {
  return typeof value === "bigint" && prefix >= MAPPED_PREFIX && isMapped(value) ? Number(value - MAPPED_FIRST) : value;
}

function isMapped(value: bigint): boolean {
  return value >= MAPPED_FIRST && value < MAPPED_END;
}

const DOT = 46;
const ZERO = 48;

/** What stands behind `start`: a decimal number without leading zeros. Like addresses by characters, because lists have a million of them. */
function parsePrefix(text: string, start: number, longest: number): number | undefined {
  let prefix = -1;
  for (let at = start; at < text.length; at++) {
    const digit = text.charCodeAt(at) - ZERO;
    if (digit < 0 || digit > 9 || prefix === 0) return undefined;
    prefix = prefix === -1 ? digit : prefix * 10 + digit;
    if (prefix > longest) return undefined;
  }
  return prefix === -1 ? undefined : prefix;
}

/** Of `[start, end)`: four decimal numbers up to 255 without leading zeros. */
function parseIpv4(text: string, start: number, end: number): number | undefined {
  let value = 0;
  let octet = -1;
  let dots = 0;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === DOT) {
      if (octet === -1 || ++dots > 3) return undefined;
      value = value * 256 + octet;
      octet = -1;
    } else {
      const digit = code - ZERO;
      if (digit < 0 || digit > 9 || octet === 0) return undefined;
      octet = octet === -1 ? digit : octet * 10 + digit;
      if (octet > 255) return undefined;
    }
  }
  return dots === 3 && octet !== -1 ? value * 256 + octet : undefined;
}

function parseIpv6(written: string): bigint | undefined {
  const text = hexTail(written);
  if (text === undefined || text.length > 39) return undefined;
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const head = hexGroups(halves[0] ?? "");
  if (halves.length === 1) return head?.length === 32 ? BigInt(`0x${head}`) : undefined;
  const tail = hexGroups(halves[1] ?? "");
  if (head === undefined || tail === undefined || head.length + tail.length > 28) return undefined;
  return BigInt(`0x${head}${"0".repeat(32 - head.length - tail.length)}${tail}`);
}

/** An address whose last two groups are written in dotted decimal, with these in hex. */
function hexTail(text: string): string | undefined {
  if (!text.includes(".")) return text;
  const start = text.lastIndexOf(":") + 1;
  const value = parseIpv4(text, start, text.length);
  return value === undefined ? undefined : `${text.slice(0, start)}${(value >>> 16).toString(16)}:${(value & 0xffff).toString(16)}`;
}

/** The digits of groups between colons, four for each; no groups give no digits. */
function hexGroups(text: string): string | undefined {
  if (text === "") return "";
  let digits = "";
  for (const group of text.split(":")) {
    if (!/^[0-9a-fA-F]{1,4}$/.test(group)) return undefined;
    digits += group.padStart(4, "0");
  }
  return digits;
}

function ipv4Text(value: number): string {
  return `${value >>> 24}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`;
}

function ipv6Text(value: bigint): string {
  const hex = ipv6Hex(value);
  const groups = Array.from({ length: 8 }, (_, at) => Number.parseInt(hex.slice(at * 4, at * 4 + 4), 16).toString(16));
  const gap = longestZeros(groups);
  if (gap.length < 2) return groups.join(":");
  return `${groups.slice(0, gap.start).join(":")}::${groups.slice(gap.start + gap.length).join(":")}`;
}

/** The first of the longest runs of zero groups. */
function longestZeros(groups: readonly string[]): { readonly start: number; readonly length: number } {
  let best = { start: 0, length: 0 };
  for (let at = 0; at < groups.length; at++) {
    let end = at;
    while (groups[end] === "0") end++;
    if (end - at > best.length) best = { start: at, length: end - at };
    at = Math.max(at, end - 1);
  }
  return best;
}
