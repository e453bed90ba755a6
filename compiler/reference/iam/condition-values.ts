/** Numbers, instants and blocks of addresses as IAM documents and condition keys write them. All else is undefined and compares with nothing. */
import { type Address, blockHolds, parseAddress } from "../address.ts";

/** A decimal number, as the double next to it; larger ones are none. */
export function numberOf(text: string): number | undefined {
  const number = /^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(text) ? Number(text) : undefined;
  return number !== undefined && Number.isFinite(number) ? number : undefined;
}

/** Milliseconds since 1970 UTC: seconds since then, or the date forms of ISO 8601 that the W3C's note lists, but for a bare year. */
export function instantOf(text: string): number | undefined {
  if (/^-?\d{1,15}$/.test(text) && !/^\d{4}$/.test(text)) return Number(text) * 1000;
  const form = /^(\d{4})-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d:\d\d))?)?$/.exec(text);
  if (form === null) return undefined;
  const [, year = "", month = "", day = "01", hour = "00", minute = "00", second = "00", fraction = "0", zone = "Z"] = form;
  const exact = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const milliseconds = Math.trunc(Number(`0.${fraction}`) * 1000);
  const instant = Date.parse(`${exact}Z`);
  // A day that the month does not have would be taken for one of the next month.
  if (Number.isNaN(instant) || new Date(instant).toISOString().slice(0, 19) !== exact) return undefined;
  const offset = offsetOf(zone);
  return offset === undefined ? undefined : instant + milliseconds - offset;
}

function offsetOf(zone: string): number | undefined {
  if (zone === "Z") return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(4, 6));
  if (hours > 23 || minutes > 59) return undefined;
  return (zone.startsWith("-") ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

/** `ADDRESS/PREFIX` holds an address whose first bits are the same; without a prefix it is one address. Families are apart. */
export function isInBlock(address: string, block: string): boolean {
  const asked = parseAddress(address);
  if (asked === undefined) return false;
  const [first = "", prefix, ...more] = block.split("/");
  if (more.length > 0 || (prefix !== undefined && !/^(0|[1-9]\d{0,2})$/.test(prefix))) return false;
  const start = parseAddress(first);
  if (start === undefined) return false;
  const written = first.includes(":") ? 128 : 32;
  const bits = prefix === undefined ? written : Number(prefix);
  if (bits > written) return false;
  return mappedHolds(start, written, bits, first, asked);
}

/** Of the block of IPv4-mapped addresses the prefix counts from 96; larger blocks of IPv6 hold no IPv4 address. */
function mappedHolds(start: Address, written: number, bits: number, first: string, asked: Address): boolean {
  if (start.bits === written) return blockHolds(`${first}/${bits}`, asked);
  if (bits >= 96) return blockHolds(`${first}/${bits - 96}`, asked);
  return asked.bits === 128 && asked.value >> BigInt(128 - bits) === (0xffffn << 32n) >> BigInt(128 - bits);
}
