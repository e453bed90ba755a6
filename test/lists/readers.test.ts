/** The two readings of one block: the compiler's and that of lists at run time. And what blocks are together. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addressSet } from "../../compiler/model/address-ranges.ts";
import { type Block, blockOfAddress, parseAddress, parseBlock } from "../../compiler/model/address-text.ts";
import { blockBounds } from "../../runtime/lists/block-bounds.ts";
import { looksLikeBlock, readBlock } from "../../runtime/lists/blocks.ts";
import { networkOfList } from "../../runtime/lists/network-of-list.ts";

/** What the compiler takes as an entry of a list. */
function compilers(text: string): Block | undefined {
  if (!text.includes("/")) {
    const address = parseAddress(text);
    return address && blockOfAddress(address);
  }
  const reading = parseBlock(text);
  return reading.kind === "block" ? reading.block : undefined;
}

function shown(text: string): string {
  const block = readBlock(text);
  if (block === undefined) return "none";
  const { address, prefix } = block;
  const words = address.family === 4 ? [address.value] : [address.w0, address.w1, address.w2, address.w3];
  return `${address.family} ${words.map((word) => word.toString(16).padStart(8, "0")).join("")}/${prefix}`;
}

function expected(text: string): string {
  const block = compilers(text);
  if (block === undefined) return "none";
  const digits = block.family === "ipv4" ? 8 : 32;
  return `${block.family === "ipv4" ? 4 : 6} ${block.first.toString(16).padStart(digits, "0")}/${block.prefix}`;
}

const octet = fc.oneof(fc.nat({ max: 256 }).map(String), fc.constantFrom("0", "00", "01", "255", "1e1", " 1", ""));
const ipv4 = fc.array(octet, { minLength: 3, maxLength: 5 }).map((parts) => parts.join("."));
const group = fc.oneof(
  fc.nat({ max: 0xffff }).map((value) => value.toString(16)),
  fc.constantFrom("0", "ffff", "FFFF", "0000", "10000", "g", ""),
);
const ipv6 = fc
  .tuple(fc.array(group, { maxLength: 8 }), fc.array(group, { maxLength: 8 }), fc.boolean())
  .map(([head, tail, gap]) => (gap ? `${head.join(":")}::${tail.join(":")}` : [...head, ...tail].join(":")));
const zeros = fc.constantFrom(
  "::",
  "0.0.0.0",
  "10.0.0.0",
  "2001:db8::",
  "::ffff:10.0.0.0",
  "::ffff:0:0",
  "::ffff:0.0.0.0",
  "8000::",
  "fe80::1%eth0",
  "::ffff:a00:0",
);
const prefix = fc.oneof(
  fc.nat({ max: 130 }).map(String),
  fc.constantFrom("0", "00", "032", "-1", "+8", "8 ", "", "1e1", "999", "0x8", "8/8"),
);
const entry = fc
  .tuple(fc.oneof(ipv4, ipv6, zeros, zeros), fc.option(prefix))
  .map(([address, length]) => (length === null ? address : `${address}/${length}`));

test("a block is read as the compiler reads it, or by neither", () => {
  fc.assert(
    fc.property(entry, (text) => {
      expect(shown(text), text).toBe(expected(text));
      if (readBlock(text) !== undefined) expect(looksLikeBlock(text)).toBe(true);
    }),
    { numRuns: 20_000 },
  );
});

test("blocks come to the bounds that the compiler gives them, but for the end of the whole space", () => {
  const texts = fc.oneof(
    fc.tuple(fc.nat({ max: 0xffff }), fc.integer({ min: 0, max: 32 })).map(([high, length]) => {
      const value = length === 0 ? 0 : Math.floor((high * 0x1_0000) / 2 ** (32 - length)) * 2 ** (32 - length);
      return `${value >>> 24}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}/${length}`;
    }),
    fc.tuple(fc.bigInt({ min: 0n, max: (1n << 128n) - 1n }), fc.integer({ min: 0, max: 128 })).map(([value, length]) => {
      const start = (value >> BigInt(128 - length)) << BigInt(128 - length);
      const groups = Array.from({ length: 8 }, (_, at) => ((start >> BigInt(112 - 16 * at)) & 0xffffn).toString(16));
      return `${groups.join(":")}/${length}`;
    }),
  );
  fc.assert(
    fc.property(fc.array(texts, { maxLength: 40 }), (all) => {
      const bounds = blockBounds(all.flatMap((text) => readBlock(text) ?? []));
      const set = addressSet(all.flatMap((text) => compilers(text) ?? []));
      const words = [...bounds.ipv6].map((word) => word.toString(16).padStart(8, "0")).join("");
      expect([...bounds.ipv4]).toEqual(set.ipv4.filter((bound) => bound < 2 ** 32));
      expect(words).toBe(
        set.ipv6
          .filter((bound) => bound < 1n << 128n)
          .map((bound) => bound.toString(16).padStart(32, "0"))
          .join(""),
      );
    }),
    { numRuns: 2_000 },
  );
});

describe("the text of a list at run time", () => {
  const AWS = JSON.stringify({
    prefixes: [
      { ip_prefix: "52.0.0.0/15", region: "eu-west-1", service: "EC2" },
      { ip_prefix: "52.2.0.0/15", region: "us-east-1", service: "S3" },
    ],
    ipv6_prefixes: [{ ipv6_prefix: "2a05:d000::/36", region: "eu-west-1", service: "S3" }],
  });
  const eu = { kind: "oneOf", attribute: "region", values: ["eu-west-1"] } as const;
  const s3 = { kind: "oneOf", attribute: "service", values: ["S3"] } as const;

  test.each([
    ["an entry", eu, 2],
    ["both", { kind: "all", parts: [eu, s3] }, 1],
    ["either", { kind: "any", parts: [eu, s3] }, 3],
    ["none of them", { kind: "not", part: { kind: "any", parts: [eu, s3] } }, 0],
    ["a value that is gone", { kind: "oneOf", attribute: "region", values: ["eu-west-9"] }, 0],
  ] as const)("keeps what `where` means: %s", (_, where, entries) => {
    expect(networkOfList(AWS, where)).toMatchObject({ ok: true, entries });
  });

  test.each([
    ["a broken entry", "10.0.0.0/8\n10.0.0.1/8\n", undefined, "line 2: `10.0.0.1/8` is no network"],
    ["JSON that is cut off", '{"prefixes": [', undefined, "it starts like JSON and is not valid JSON"],
    ["JSON of nobody", '{"a": 1}', undefined, "its JSON is of no provider that is known here"],
    ["another format than the program knows", "10.0.0.0/8\n", eu, "its entries say nothing of `region`"],
  ])("refuses %s", (_, text, where, why) => {
    expect(networkOfList(text, where)).toEqual({ ok: false, why });
  });
});
