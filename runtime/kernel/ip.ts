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
  for (let at = 0; at < 5 && at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === colon) return parseIpv6(text, end);
    if (code === dot) break;
  }
  const value = ipv4Value(text, 0, end);
  return value < 0 ? undefined : { family: 4, value };
}

/** The number of the dotted quad that fills `[at, end)`, or -1. */
function ipv4Value(text: string, at: number, end: number): number {
  let value = 0;
  let position = at;
  for (let part = 0; part < 4; part++) {
    if (part > 0 && text.charCodeAt(position++) !== dot) return -1;
    const start = position;
    let octet = 0;
    while (position < end && position - start < 3) {
      const digit = text.charCodeAt(position) - zero;
      if (digit < 0 || digit > 9) break;
      octet = octet * 10 + digit;
      position++;
    }
    const digits = position - start;
    if (digits === 0 || octet > 255 || (digits > 1 && text.charCodeAt(start) === zero)) return -1;
    value = value * 256 + octet;
  }
  return position === end ? value : -1;
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
    while (at < end && at - start < 4) {
      const digit = hexDigit(text.charCodeAt(at));
      if (digit < 0) break;
      value = value * 16 + digit;
      at++;
    }
    if (count === 8 || at === start) return undefined;
    const code = at < end ? text.charCodeAt(at) : colon;
    if (code === dot) {
      const low = ipv4Value(text, start, end);
      if (low < 0 || count > 6) return undefined;
      groups[count++] = low >>> 16;
      groups[count++] = low & 0xffff;
      at = end;
      break;
    }
    if (code !== colon) return undefined;
    groups[count++] = value;
    if (at === end) break;
    at++;
    if (at === end) return undefined;
    if (text.charCodeAt(at) === colon) {
      if (gap >= 0) return undefined;
      gap = count;
      at++;
    }
  }
  if (gap < 0 ? count !== 8 : count > 7) return undefined;
  if (gap >= 0) {
    groups.copyWithin(8 - (count - gap), gap, count);
    groups.fill(0, gap, 8 - (count - gap));
  }
  return fromGroups();
}

function fromGroups(): Address {
  const w0 = word(0);
  const w1 = word(2);
  const w2 = word(4);
  const w3 = word(6);
  if (w0 === 0 && w1 === 0 && w2 === 0xffff) return { family: 4, value: w3 };
  return { family: 6, w0, w1, w2, w3 };
}

function word(at: number): number {
  return (groups[at] ?? 0) * 0x10000 + (groups[at + 1] ?? 0);
}

function hexDigit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  if (code >= 97 && code <= 102) return code - 87;
  if (code >= 65 && code <= 70) return code - 55;
  return -1;
}

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
