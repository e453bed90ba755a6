/**
 * IP addresses as numbers: strict text in, canonical text out. Promises that one address has one form: an IPv4-mapped
 * IPv6 address is its IPv4 address, and spellings that parsers read differently (octal, hex, short forms, zones) are refused.
 */

export type Ipv4 = { readonly family: 4 /** unsigned 32 bits */; readonly value: number };
/** Four words of unsigned 32 bits, highest first. */
export type Ipv6 = { readonly family: 6; readonly w0: number; readonly w1: number; readonly w2: number; readonly w3: number };
export type Address = Ipv4 | Ipv6;

const colon = 58;
const dot = 46;
const zero = 48;

/** Four decimal numbers without leading zeros, or the text of RFC 4291 section 2.2 without a zone. All else is undefined. */
export function parseAddress(text: string): Address | undefined {
  const end = text.length;
  if (end < 2 || end > 45) return undefined;
  return parseIpv4(text) ?? parseIpv6(text, end);
}

/** Of a dotted quad and nothing else; undefined of all other texts, an IPv4-mapped address among them. */
export function parseIpv4(text: string): Ipv4 | undefined {
  const value = ipv4Value(text, 0, text.length);
  return value < 0 ? undefined : { family: 4, value };
}

/** The number of the dotted quad that fills `[start, end)`, or -1. One pass; `octet` is -1 before its first digit. */
function ipv4Value(text: string, start: number, end: number): number {
  let value = 0;
  let octet = -1;
  let dots = 0;
  for (let at = start; at < end; at++) {
    const digit = text.charCodeAt(at) - zero;
    if (digit >= 0 && digit <= 9) {
      if (octet === 0) return -1;
      octet = octet < 0 ? digit : octet * 10 + digit;
      if (octet > 255) return -1;
    } else {
      if (digit !== dot - zero || octet < 0 || ++dots > 3) return -1;
      value = (value << 8) | octet;
      octet = -1;
    }
  }
  return dots === 3 && octet >= 0 ? ((value << 8) | octet) >>> 0 : -1;
}

/** Scratch for one call of `parseIpv6`, which never yields. */
const groups = new Uint16Array(8);

function parseIpv6(text: string, end: number): Address | undefined {
  let at = 0;
  let count = 0;
  let gap = -1;
  if (text.charCodeAt(0) === colon) {
    if (text.charCodeAt(1) !== colon) return undefined;
    gap = 0;
    at = 2;
  }
  while (at < end) {
    const start = at;
    let value = 0;
    let code = 0;
    for (; at < end; at++) {
      code = text.charCodeAt(at);
      const digit = code < 128 ? (hexDigits[code] ?? -1) : -1;
      if (digit < 0 || at - start === 4) break;
      value = (value << 4) | digit;
    }
    if (count === 8 || at === start) return undefined;
    if (at === end) {
      groups[count++] = value;
      break;
    }
    if (code === dot) {
      const low = ipv4Value(text, start, end);
      if (low < 0 || count > 6) return undefined;
      groups[count++] = low >>> 16;
      groups[count++] = low & 0xffff;
      break;
    }
    if (code !== colon) return undefined;
    groups[count++] = value;
    at++;
    if (at === end) return undefined;
    if (text.charCodeAt(at) === colon) {
      if (gap >= 0) return undefined;
      gap = count;
      at++;
    }
  }
  return (gap < 0 ? count === 8 : count <= 7) ? fromGroups(count, gap < 0 ? 8 : gap) : undefined;
}

/** `count` groups were read, of which those from `gap` on stand at the end; between are zeros. */
function fromGroups(count: number, gap: number): Address {
  const w0 = word(0, count, gap);
  const w1 = word(2, count, gap);
  const w2 = word(4, count, gap);
  const w3 = word(6, count, gap);
  if (w0 === 0 && w1 === 0 && w2 === 0xffff) return { family: 4, value: w3 };
  return { family: 6, w0, w1, w2, w3 };
}

function word(at: number, count: number, gap: number): number {
  return ((group(at, count, gap) << 16) | group(at + 1, count, gap)) >>> 0;
}

function group(at: number, count: number, gap: number): number {
  if (at < gap) return groups[at] ?? 0;
  const behind = at - 8 + count;
  return behind >= gap ? (groups[behind] ?? 0) : 0;
}

/** The values of hex digits, -1 of all other characters below 128. */
const hexDigits = Int8Array.from({ length: 128 }, (_, code) => {
  if (code >= 48 && code <= 57) return code - 48;
  if (code >= 97 && code <= 102) return code - 87;
  return code >= 65 && code <= 70 ? code - 55 : -1;
});

/** Dotted decimal, or the text of RFC 5952: lower-case, the first longest run of two or more zero groups shortened. */
export function addressText(address: Address): string {
  if (address.family === 4) {
    const { value } = address;
    return `${value >>> 24}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`;
  }
  const parts: number[] = [];
  for (const part of [address.w0, address.w1, address.w2, address.w3]) parts.push(part >>> 16, part & 0xffff);
  const { start, length } = longestZeros(parts);
  let text = "";
  for (let at = 0; at < 8; at++) {
    if (length > 1 && at === start) {
      text += "::";
      at += length - 1;
    } else {
      text += (text === "" || text.endsWith(":") ? "" : ":") + (parts[at] ?? 0).toString(16);
    }
  }
  return text;
}

function longestZeros(parts: readonly number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  let length = 0;
  for (let at = 0; at < parts.length; at++) {
    length = parts[at] === 0 ? length + 1 : 0;
    if (length > best.length) best = { start: at - length + 1, length };
  }
  return best;
}
