/**
 * Entries of lists as blocks of addresses: `203.0.113.0/24`, `2001:db8::/32`, or a bare address, which is the block of that address. As strict as
 * the compiler is, whose own reading (`compiler/model/address-text.ts`) tests hold against this one.
 */
import { type Address, parseAddress } from "../kernel/ip.ts";

/** `prefix`: 0 to 32 or to 128; the address has no bits behind it. */
export type Block = { readonly address: Address; readonly prefix: number };

/** Undefined for all that is no block: octal and short forms, zones, prefixes that are none, bits behind the prefix. */
export function readBlock(text: string): Block | undefined {
  const slash = text.indexOf("/");
  const written = slash === -1 ? text : text.slice(0, slash);
  const address = parseAddress(written);
  if (address === undefined) return undefined;
  const longest = address.family === 4 ? 32 : 128;
  if (slash === -1) return { address, prefix: longest };
  const said = readPrefix(text.slice(slash + 1));
  // The prefix of an IPv4-mapped block counts from 96.
  const prefix = said - (address.family === 4 && written.includes(":") ? 96 : 0);
  return prefix >= 0 && prefix <= longest && isClearBehind(address, prefix) ? { address, prefix } : undefined;
}

/** Whether a text is meant as an address or a block, a wrong prefix aside. */
export function looksLikeBlock(text: string): boolean {
  const slash = text.indexOf("/");
  return parseAddress(slash === -1 ? text : text.slice(0, slash)) !== undefined;
}

const zero = 48;

/** -1: no plain number. */
function readPrefix(text: string): number {
  if (text.length === 0 || text.length > 3 || (text.length > 1 && text.charCodeAt(0) === zero)) return -1;
  let value = 0;
  for (let at = 0; at < text.length; at++) {
    const digit = text.charCodeAt(at) - zero;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

function isClearBehind(address: Address, prefix: number): boolean {
  if (address.family === 4) return bitsBehind(address.value, prefix) === 0;
  const { w0, w1, w2, w3 } = address;
  return [w0, w1, w2, w3].every((word, at) => bitsBehind(word, prefix - at * 32) === 0);
}

/** Of a word the bits behind the first `count`, which may be less than 0 or more than 32. */
function bitsBehind(word: number, count: number): number {
  if (count <= 0) return word;
  return count >= 32 ? 0 : word & (0xffff_ffff >>> count);
}
