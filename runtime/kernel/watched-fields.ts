/** Fields of requests that decide something before any rule is asked, as a set of bits. Knows no value. */

/** Names as a set: a bit for each. */
export type FieldSet = number;

/**
 * But for the last two, which are looked at however often they came, fields that may occur once, beside those that identities read (RFC 9110 section 5.3:
 * a singleton sent twice has no meaning).
 */
export const watched = {
  host: 0x1,
  authorization: 0x2,
  "content-type": 0x4,
  "content-length": 0x8,
  cookie: 0x10,
  "x-forwarded-for": 0x20,
  "x-forwarded-proto": 0x40,
  "x-forwarded-host": 0x80,
  "x-forwarded-port": 0x100,
  forwarded: 0x200,
  "x-request-id": 0x400,
  "proxy-authorization": 0x800,
  expect: 0x1000,
  "transfer-encoding": 0x2000,
  connection: 0x4000,
  upgrade: 0x8000,
} as const;
export const singletons: FieldSet = 0x3fff;

const bits: ReadonlyMap<string, FieldSet> = new Map(Object.entries(watched));

/** The bit of a lower-case name; 0: nothing is decided by it. */
export function bitOf(name: string): FieldSet {
  return bits.get(name) ?? 0;
}

export function isAmong(fields: FieldSet, bit: FieldSet): boolean {
  return (fields & bit) !== 0;
}
