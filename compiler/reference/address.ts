/**
 * IP addresses as numbers of unbounded size. Promises: one strict reading (dotted decimal without leading zeros; RFC 4291 section 2.2
 * without zone), an IPv4-mapped IPv6 address is its IPv4 form, and text as in RFC 5952. Knows nothing of requests.
 */
export type Address = { readonly bits: 32 | 128; readonly value: bigint };

export function parseAddress(text: string): Address | undefined {
  if (!text.includes(":")) return parseIpv4(text);
  const address = parseIpv6(text);
  const isMapped = address !== undefined && address.value >> 32n === 0xffffn;
  return isMapped ? { bits: 32, value: address.value & 0xffff_ffffn } : address;
}

export function addressText({ bits, value }: Address): string {
  if (bits === 32) return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n).join(".");
  const groups = [112n, 96n, 80n, 64n, 48n, 32n, 16n, 0n].map((shift) => ((value >> shift) & 0xffffn).toString(16));
  const gap = longestZeros(groups);
  if (gap.length < 2) return groups.join(":");
  return `${groups.slice(0, gap.start).join(":")}::${groups.slice(gap.start + gap.length).join(":")}`;
}

/** The canonical text of an address in any spelling; undefined when it is none. */
export function canonicalAddress(text: string): string | undefined {
  const address = parseAddress(text);
  return address && addressText(address);
}

/** Whether `block` (`ADDRESS/PREFIX`) holds the address. A text that is no block holds none; families are apart. */
export function blockHolds(block: string, address: Address): boolean {
  const [first, prefix] = block.split("/");
  const start = parseAddress(first ?? "");
  if (start === undefined || start.bits !== address.bits || prefix === undefined) return false;
  const hostBits = BigInt(start.bits) - BigInt(prefix);
  return start.value >> hostBits === address.value >> hostBits;
}

function parseIpv4(text: string): Address | undefined {
  const octets = text.split(".");
  if (octets.length !== 4 || !octets.every((octet) => /^(?:0|[1-9][0-9]{0,2})$/.test(octet) && Number(octet) < 256)) return undefined;
  return { bits: 32, value: octets.reduce((value, octet) => value * 256n + BigInt(octet), 0n) };
}

/** `::` stands for one group of zeros or more, and occurs once at most. The last two groups may be written in dotted decimal. */
function parseIpv6(text: string): Address | undefined {
  const lastGroup = text.lastIndexOf(":") + 1;
  const dotted = parseIpv4(text.slice(lastGroup))?.value;
  const plain =
    dotted === undefined ? text : `${text.slice(0, lastGroup)}${(dotted >> 16n).toString(16)}:${(dotted & 0xffffn).toString(16)}`;
  const halves = plain.split("::").map((half) => (half === "" ? [] : half.split(":")));
  const [head = [], tail = []] = halves;
  const written = head.length + tail.length;
  if (halves.length > 2 || (halves.length === 2 ? written > 7 : written !== 8)) return undefined;
  const groups = [...head, ...Array<string>(8 - written).fill("0"), ...tail];
  if (!groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  return { bits: 128, value: groups.reduce((value, group) => value * 65536n + BigInt(`0x${group}`), 0n) };
}

/** The first of the longest runs of zero groups. */
function longestZeros(groups: readonly string[]): { readonly start: number; readonly length: number } {
  let best = { start: 0, length: 0 };
  for (let start = 0; start < groups.length; start++) {
    let length = 0;
    while (groups[start + length] === "0") length++;
    if (length > best.length) best = { start, length };
  }
  return best;
}
