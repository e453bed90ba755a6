import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addressClasses } from "../../compiler/lower/address-classes.ts";
import { addressSetOfCidrs } from "../../compiler/model/address-ranges.ts";
import { addressText, blockText, parseAddress, parseBlock, type Address, type Block } from "../../compiler/model/address-text.ts";
import { classOf } from "./walk-ir.ts";
import { ownTime } from "../harness/own-time.ts";

const classesOf = (networks: Readonly<Record<string, readonly string[]>>) =>
  addressClasses(Object.entries(networks).map(([label, cidrs]) => ({ label, addresses: addressSetOfCidrs(cidrs) })));

const lastOf = (block: Block): bigint => BigInt(block.first) + (1n << BigInt((block.family === "ipv4" ? 32 : 128) - block.prefix)) - 1n;
const address = (family: Block["family"], value: bigint): Address =>
  family === "ipv4" ? { family, value: Number(value) } : { family, value };

/** The oracle: block by block, in BigInt. */
function holds(cidrs: readonly string[], asked: Address): boolean {
  return cidrs.some((text) => {
    const reading = parseBlock(text);
    if (reading.kind !== "block" || reading.block.family !== asked.family) return false;
    return BigInt(reading.block.first) <= BigInt(asked.value) && BigInt(asked.value) <= lastOf(reading.block);
  });
}

const isMapped = (value: bigint): boolean => value >> 32n === 0xffffn;

/** First and last address, one before and one after, as far as there are such. A mapped address is no IPv6 address. */
function edges(cidrs: readonly string[]): readonly Address[] {
  return cidrs.flatMap((text) => {
    const reading = parseBlock(text);
    if (reading.kind !== "block") return [];
    const { block } = reading;
    const top = (1n << (block.family === "ipv4" ? 32n : 128n)) - 1n;
    return [BigInt(block.first), lastOf(block), BigInt(block.first) - 1n, lastOf(block) + 1n]
      .filter((value) => value >= 0n && value <= top && !(block.family === "ipv6" && isMapped(value)))
      .map((value) => address(block.family, value));
  });
}

const ipv4Block = fc
  .tuple(
    fc.oneof(fc.nat(0xffff_ffff), fc.constantFrom(0, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff)),
    fc.oneof(fc.nat(32), fc.constantFrom(0, 1, 31, 32)),
  )
  .map(([value, prefix]): Block => ({ family: "ipv4", first: value - (value % 2 ** (32 - prefix)), prefix }));
const ipv6Block = fc
  .tuple(
    fc.oneof(fc.bigInt(1n << 50n, (1n << 128n) - 1n), fc.constantFrom(0n, (1n << 127n) - 1n, 1n << 127n, (1n << 128n) - 1n)),
    fc.oneof(fc.nat(128), fc.constantFrom(0, 1, 127, 128)),
  )
  .map(([value, prefix]): Block => ({ family: "ipv6", first: (value >> BigInt(128 - prefix)) << BigInt(128 - prefix), prefix }));
const cidrs = fc.array(fc.oneof(ipv4Block, ipv6Block).map(blockText), { maxLength: 6 });

describe("address classes", () => {
  test("every edge of every network is in exactly the networks that a linear scan finds", () => {
    fc.assert(
      fc.property(fc.array(cidrs, { maxLength: 4 }), (lists) => {
        const networks = Object.fromEntries(lists.map((list, at) => [`n${at}`, list]));
        const classes = classesOf(networks);
        const asked = [...lists.flatMap(edges), { family: "ipv4", value: 0 } as const, { family: "ipv6", value: 0n } as const];
        for (const one of asked) {
          const found = classOf({ classes }, addressText(one));
          for (const { label, classes: inside } of classes.networks)
            expect(inside.includes(found), `${addressText(one)} in ${label}`).toBe(holds(networks[label] ?? [], one));
        }
      }),
      { numRuns: 300 },
    );
  });

  test("ranges ascend from the lowest address, and neighbours differ", () => {
    fc.assert(
      fc.property(fc.array(cidrs, { maxLength: 4 }), (lists) => {
        const { ipv4, ipv6, count } = classesOf(Object.fromEntries(lists.map((list, at) => [`n${at}`, list])));
        for (const { starts, classes } of [ipv4, ipv6]) {
          expect(starts.length).toBe(classes.length);
          expect(starts.every((start, at) => at === 0 || start > (starts[at - 1] ?? start))).toBe(true);
          expect(classes.every((one, at) => one !== classes[at - 1] && one < count)).toBe(true);
        }
        expect(ipv4.starts[0]).toBe(0);
        expect(ipv6.starts[0]).toBe("0".repeat(32));
        expect(new Set([...ipv4.classes, ...ipv6.classes]).size).toBe(count);
      }),
    );
  });

  test("no network: one class for all; class 0 is in no network", () => {
    expect(classesOf({}).count).toBe(1);
    const { networks, ipv4 } = classesOf({ a: ["10.0.0.0/8"], b: ["10.1.0.0/16", "11.0.0.0/8"] });
    expect(ipv4.classes).toEqual([0, 1, 2, 1, 3, 0]);
    expect(networks).toEqual([
      { label: "a", classes: [1, 2] },
      { label: "b", classes: [2, 3] },
    ]);
  });

  test("a class 0 that no address is in is not kept", () => {
    const { count, networks } = classesOf({ all: ["0.0.0.0/0", "::/0"] });
    expect({ count, networks }).toEqual({ count: 1, networks: [{ label: "all", classes: [0] }] });
  });

  test("a mapped IPv6 entry is the IPv4 entry, and a mapped caller is found there", () => {
    const classes = classesOf({ office: ["::ffff:203.0.113.0/120"] });
    expect(parseAddress("::ffff:203.0.113.9")).toEqual({ family: "ipv4", value: 0xcb007109 });
    expect([classOf({ classes }, "203.0.113.9"), classOf({ classes }, "203.0.114.0"), classOf({ classes }, "::cb00:7109")]).toEqual([
      1, 0, 0,
    ]);
  });

  test("100,000 prefixes of IPv6 in three networks are cut in under a second", () => {
    const list = (offset: number) =>
      Array.from({ length: 33_334 }, (_, at) => `2001:${((at >> 8) + 1).toString(16)}:${((at & 255) * 4 + offset).toString(16)}::/48`);
    const networks = [0, 1, 2].map((offset) => ({ label: `n${offset}`, addresses: addressSetOfCidrs(list(offset)) }));
    const start = ownTime();
    const classes = addressClasses(networks);
    expect(ownTime() - start).toBeLessThan(1000);
    expect(classes.ipv6.starts.length).toBeGreaterThan(100_000);
  });
});
