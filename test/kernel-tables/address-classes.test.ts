import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { classOfAddress } from "../../runtime/kernel/address-classes.ts";
import { parseAddress, type Address } from "../../runtime/kernel/ip.ts";
import { opened } from "./opened-tables.ts";
import { ir } from "../emit/ir-builder.ts";

const hex = (words: readonly number[]): string => words.map((word) => word.toString(16).padStart(8, "0")).join("");
const bigOf = (address: Address): bigint =>
  address.family === 4 ? BigInt(address.value) : BigInt(`0x${hex([address.w0, address.w1, address.w2, address.w3])}`);

/** The class of the last range that starts at or below the address, by looking at each. */
function linearClass(starts: readonly bigint[], classes: readonly number[], value: bigint): number {
  let found = 0;
  for (const [at, start] of starts.entries()) if (start <= value) found = classes[at] ?? 0;
  return found;
}

const word = fc.integer({ min: 0, max: 0xffff_ffff });
const words = fc.tuple(word, word, word, word);

describe("the class of an address", () => {
  test.each([8, 3000])("IPv4: equals a linear scan over %i ranges, at their edges and between", (count) => {
    fc.assert(
      fc.property(fc.uniqueArray(word, { minLength: count / 2, maxLength: count }), fc.array(word, { maxLength: 50 }), (cuts, others) => {
        const starts = [...new Set([0, ...cuts])].sort((a, b) => a - b);
        const classes = starts.map((_, at) => (at * 7) % 300);
        const tables = opened(ir({ classes: { ...ir().classes, count: 300, ipv4: { starts, classes } } }), { rows: false });
        const classOf = classOfAddress(tables);
        const big = starts.map(BigInt);
        const edges = starts.flatMap((start) => [start, start - 1, start + 1]).filter((one) => one >= 0 && one <= 0xffff_ffff);
        for (const value of [...edges, ...others, 0, 0xffff_ffff])
          if (classOf({ family: 4, value }) !== linearClass(big, classes, BigInt(value))) throw new Error(`${value}`);
      }),
      { numRuns: 8 },
    );
  });

  test("IPv6: equals a linear scan, also where ranges differ in the last word only", () => {
    fc.assert(
      fc.property(fc.array(words, { minLength: 1, maxLength: 60 }), fc.array(words, { maxLength: 30 }), (cuts, others) => {
        const near = cuts.flatMap(([w0, w1, w2, w3]) => [hex([w0, w1, w2, w3]), hex([w0, w1, w2, w3 === 0 ? 1 : w3 - 1])]);
        const starts = [...new Set(["0".repeat(32), ...near])].sort();
        const classes = starts.map((_, at) => at % 250);
        const tables = opened(ir({ classes: { ...ir().classes, count: 250, ipv6: { starts, classes } } }), { rows: false });
        const classOf = classOfAddress(tables);
        const big = starts.map((start) => BigInt(`0x${start}`));
        for (const [w0, w1, w2, w3] of [...cuts, ...others]) {
          const address: Address = { family: 6, w0, w1, w2, w3 };
          expect(classOf(address)).toBe(linearClass(big, classes, bigOf(address)));
        }
      }),
      { numRuns: 30 },
    );
  });

  test("networks of both families, first and last address and their neighbours", () => {
    const classOf = classOfAddress(opened(ir()));
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
