import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addressClasses } from "../../compiler/lower/address-classes.ts";
import { addressSetOfCidrs } from "../../compiler/model/address-ranges.ts";
import type { AddressClasses } from "../../compiler/model/ir.ts";
import { classOfAddress } from "../../runtime/kernel/address-classes.ts";
import type { ClassOf } from "../../runtime/kernel/table-views.ts";
import { addressText, parseAddress, type Address } from "../../runtime/kernel/ip.ts";
import { opened } from "./opened-tables.ts";
import { ir } from "../emit/ir-builder.ts";

const hex = (words: readonly number[]): string => words.map((word) => word.toString(16).padStart(8, "0")).join("");
const bigOf = (address: Address): bigint =>
  address.family === 4 ? BigInt(address.value) : BigInt(`0x${hex([address.w0, address.w1, address.w2, address.w3])}`);

/** Whether the bits of the block are the first of the address; a mapped block is its IPv4 one, a larger one holds IPv6 only (D21). */
function isInside(cidr: string, address: Address): boolean {
  const [text = "", length = ""] = cidr.split("/");
  const first = parseAddress(text);
  if (first === undefined) throw new Error(cidr);
  const isMapped = text.includes(":") && first.family === 4;
  const isWide = isMapped && Number(length) < 96;
  if (isWide || first.family !== address.family) return false;
  const hostBits = BigInt((first.family === 4 ? 32 : 128) - (isMapped ? Number(length) - 96 : Number(length)));
  return bigOf(first) >> hostBits === bigOf(address) >> hostBits;
}

/** The class of the last range that starts at or below the address, by looking at each. */
function linearClass(starts: readonly bigint[], classes: readonly number[], value: bigint): number {
  let found = 0;
  for (const [at, start] of starts.entries()) if (start <= value) found = classes[at] ?? 0;
  return found;
}

const word = fc.integer({ min: 0, max: 0xffff_ffff });
const words = fc.tuple(word, word, word, word);

/** Close together, so that many share their upper bits, and on both sides of the sign bit. */
const crowded = fc.oneof(
  word,
  fc.integer({ min: 0, max: 0x3ff }).map((low) => 0x7fff_fe00 + low),
  fc.integer({ min: 0, max: 0xffff }).map((high) => high * 0x1_0000),
  fc.integer({ min: 0, max: 300 }).map((low) => 0xc633_6400 + low),
);

function searchOf(more: Partial<AddressClasses>): ClassOf {
  return opened(ir({ classes: { ...ir().classes, ...more } }), { rows: false }).classOf;
}

describe("the class of an address", () => {
  test.each([
    { count: 0, classes: 2 },
    { count: 1, classes: 2 },
    { count: 2, classes: 3 },
    { count: 8, classes: 300 },
    { count: 3000, classes: 300 },
    { count: 3000, classes: 70_000 },
  ])(
    "IPv4: equals a linear scan over $count borders and $classes classes, at their edges and between",
    ({ count, classes: classCount }) => {
      fc.assert(
        fc.property(
          fc.uniqueArray(crowded, { minLength: count >> 1, maxLength: count }),
          fc.array(word, { maxLength: 50 }),
          (cuts, others) => {
            const starts = [...new Set([0, ...cuts])].sort((a, b) => a - b);
            const classes = starts.map((_, at) => (at * 7919) % classCount);
            const classOf = searchOf({ count: classCount, ipv4: { starts, classes } });
            const values = [...starts.flatMap((start) => [start, start - 1, start + 1]), ...others, 0, 0xffff_ffff];
            const sorted = values.filter((one) => one >= 0 && one <= 0xffff_ffff).sort((a, b) => a - b);
            let range = 0;
            for (const value of sorted) {
              while ((starts[range + 1] ?? Number.POSITIVE_INFINITY) <= value) range++;
              if (classOf({ family: 4, value }) !== classes[range]) throw new Error(`${value}`);
            }
          },
        ),
        { numRuns: 8 },
      );
    },
  );

  test.each([0, 1, 2, 60, 500])(
    "IPv6: equals a linear scan over some %i borders, also where ranges differ in the last word only",
    (count) => {
      const near = fc.oneof(words, fc.tuple(fc.constantFrom(0x2001_0db8, 0x2a00_0000), fc.constantFrom(0, 1), fc.constantFrom(0, 1), word));
      fc.assert(
        fc.property(fc.array(near, { minLength: count >> 1, maxLength: count }), fc.array(words, { maxLength: 30 }), (cuts, others) => {
          const starts = cuts.flatMap(([w0, w1, w2, w3]) => [
            hex([w0, w1, w2, w3]),
            hex([w0, w1, w2, w3 === 0 ? 1 : w3 - 1]),
            hex([w0, 0, 0, 0]),
          ]);
          const sorted = [...new Set(["0".repeat(32), ...starts])].sort();
          const classes = sorted.map((_, at) => at % 250);
          const classOf = searchOf({ count: 250, ipv6: { starts: sorted, classes } });
          const big = sorted.map((start) => BigInt(`0x${start}`));
          for (const [w0, w1, w2, w3] of [
            ...cuts,
            ...others,
            [0, 0, 0, 0] as const,
            [0xffff_ffff, 0xffff_ffff, 0xffff_ffff, 0xffff_ffff] as const,
          ]) {
            const address: Address = { family: 6, w0, w1, w2, w3 };
            expect(classOf(address)).toBe(linearClass(big, classes, bigOf(address)));
          }
        }),
        { numRuns: 12 },
      );
    },
  );

  test("lists of blocks from /0 to /32 and /128, overlapping, some of them mapped: an address is in the networks whose bits it begins with", () => {
    const ipv4Block = fc.tuple(crowded, fc.integer({ min: 0, max: 32 })).map(([value, length]) => {
      const first = length === 0 ? 0 : (value & ~(2 ** (32 - length) - 1)) >>> 0;
      return `${addressText({ family: 4, value: first })}/${length}`;
    });
    const mapped = ipv4Block.map((block) => `::ffff:${block.split("/")[0]}/${96 + Number(block.split("/")[1])}`);
    const ipv6Block = fc.tuple(words, fc.constantFrom(0, 1, 31, 32, 33, 48, 64, 65, 127, 128)).map(([[w0, w1, w2, w3], length]) => {
      const bits = (BigInt(`0x${hex([w0, w1, w2, w3])}`) >> BigInt(128 - length)) << BigInt(128 - length);
      const digits = bits.toString(16).padStart(32, "0");
      return `${digits.match(/.{4}/g)?.join(":")}/${length}`;
    });
    const list = fc.array(fc.oneof(ipv4Block, mapped, ipv6Block), { maxLength: 40 });
    fc.assert(
      fc.property(
        list,
        list,
        fc.array(fc.oneof(crowded, word), { maxLength: 20 }),
        fc.array(words, { maxLength: 20 }),
        (one, two, ipv4, ipv6) => {
          const lists = [one, two];
          const classes = addressClasses(lists.map((cidrs, at) => ({ label: `${at}`, addresses: addressSetOfCidrs(cidrs) })));
          const classOf = searchOf(classes);
          const edges = lists.flat().flatMap((cidr) => parseAddress(cidr.split("/")[0] ?? "") ?? []);
          const asked: Address[] = [
            ...ipv4.map((value): Address => ({ family: 4, value })),
            ...ipv6.map(([w0, w1, w2, w3]): Address => ({ family: 6, w0, w1, w2, w3 })),
            ...edges,
          ];
          for (const address of asked)
            for (const [at, cidrs] of lists.entries())
              expect(classes.networks[at]?.classes.includes(classOf(address))).toBe(cidrs.some((cidr) => isInside(cidr, address)));
        },
      ),
      { numRuns: 60 },
    );
  });

  test("the same address asked again, and another one after it", () => {
    const { classOf } = opened(ir());
    const [inside, outside] = [parseAddress("10.0.0.1"), parseAddress("192.0.2.1")];
    if (inside === undefined || outside === undefined) throw new Error("no addresses");
    expect([inside, inside, outside, inside, outside, outside].map(classOf)).toEqual([1, 1, 0, 1, 0, 0]);
  });

  test("networks of both families, first and last address and their neighbours", () => {
    const { classOf } = opened(ir());
    const classes = [
      "9.255.255.255",
      "10.0.0.0",
      "10.255.255.255",
      "11.0.0.0",
      "2001:db8::",
      "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff",
      "2001:db9::",
      "::ffff:10.1.2.3",
    ].map((text) => classOf(parseAddress(text) ?? { family: 4, value: 0 }));
    expect(classes).toEqual([0, 1, 1, 0, 1, 1, 0, 1]);
  });
});

test.each([2, 255, 256, 3000])("of %i ranges, those that do not ascend or name a class that there is not are none", (count) => {
  const views = opened(ir());
  const search = (change: (starts: Uint32Array, classes: Uint16Array) => void): ClassOf | undefined => {
    const starts = Uint32Array.from({ length: count }, (_, at) => at * 1000);
    const classes = Uint16Array.from({ length: count }, (_, at) => at % 3);
    change(starts, classes);
    return classOfAddress({ ...views, data: { ...views.data, classCount: 3 }, ipv4Starts: starts, ipv4Classes: classes });
  };
  expect(search(() => {})?.({ family: 4, value: 1001 })).toBe(1);
  for (const at of new Set([0, 1, count >> 1, count - 1])) {
    expect(search((_, classes) => void (classes[at] = 3))).toBeUndefined();
    if (at > 0) expect(search((starts) => void (starts[at] = starts[at - 1] ?? 0))).toBeUndefined();
    if (at > 0) expect(search((starts) => void (starts[at - 1] = 0xffff_ffff))).toBeUndefined();
  }
});
