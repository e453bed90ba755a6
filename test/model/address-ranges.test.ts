import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addressSet,
  addressSetOfCidrs,
  cidrsOf,
  difference,
  eachRange,
  intersection,
  swallowedBlocks,
  union,
} from "../../compiler/model/address-ranges.ts";
import { addressText, blockText, parseAddress, parseBlock, type Block } from "../../compiler/model/address-text.ts";

const block = (text: string): Block => {
  const reading = parseBlock(text);
  if (reading.kind !== "block") throw new Error(`${text}: ${reading.kind}`);
  return reading.block;
};

describe("address text", () => {
  test.each([
    ["203.0.113.5", "203.0.113.5"],
    ["255.255.255.255", "255.255.255.255"],
    ["2001:DB8:0:0:1:0:0:1", "2001:db8::1:0:0:1"],
    ["2001:db8::", "2001:db8::"],
    ["::", "::"],
    ["::1", "::1"],
    ["1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"],
    ["1:0:2:3:4:5:6:7", "1:0:2:3:4:5:6:7"],
    ["::ffff:192.0.2.1", "192.0.2.1"],
    ["::ffff:c000:201", "192.0.2.1"],
    ["64:ff9b::192.0.2.1", "64:ff9b::c000:201"],
  ])("%s is %s", (text, canonical) => {
    const address = parseAddress(text);
    expect(address && addressText(address)).toBe(canonical);
  });

  test.each([
    "",
    "10.1",
    "010.0.0.1",
    "1.2.3.256",
    "1.2.3.4.5",
    " 1.2.3.4",
    "1.2.3.4:80",
    "[::1]",
    "fe80::1%eth0",
    ":::",
    "::1::",
    "1:2:3:4:5:6:7:8::",
    "1:2:3:4:5:6:7",
    "12345::",
    ":1:2:3:4:5:6:7:8",
    "1::2:",
    "::ffff:1.2.3",
    "1.2.3.4::",
    "0x1::",
    "١.2.3.4",
  ])("%s is no address", (text) => expect(parseAddress(text)).toBeUndefined());

  test("a block must not have bits behind its prefix, and the finding brings the corrected one", () => {
    expect(parseBlock("203.0.113.7/24")).toEqual({ kind: "host-bits", network: "203.0.113.0/24" });
    expect(parseBlock("2001:db8::1/32")).toEqual({ kind: "host-bits", network: "2001:db8::/32" });
    expect(parseBlock("::ffff:10.0.0.1/104")).toEqual({ kind: "host-bits", network: "10.0.0.0/8" });
  });

  test.each([
    ["1.2.3.4", 32],
    ["1.2.3.4/33", 32],
    ["1.2.3.0/024", 32],
    ["1.2.3.0/", 32],
    ["1.2.3.0/+8", 32],
    ["::/129", 128],
    ["::ffff:1.2.3.4/129", 128],
  ])("%s has no good prefix", (text, longest) => expect(parseBlock(text)).toEqual({ kind: "bad-prefix", longest }));

  test("a mapped block is the IPv4 block, a larger one stays IPv6", () => {
    expect(blockText(block("::ffff:10.0.0.0/104"))).toBe("10.0.0.0/8");
    expect(blockText(block("::ffff:0:0/96"))).toBe("0.0.0.0/0");
    expect(blockText(block("::fffe:0:0/95"))).toBe("::fffe:0:0/95");
    expect(blockText(block("::/0"))).toBe("::/0");
  });
});

describe("address sets", () => {
  test("lists fold: overlapping, repeated and adjacent entries become the fewest blocks", () => {
    const cidrs = ["10.0.1.0/24", "10.0.0.0/24", "10.0.0.7/32", "10.0.0.0/24", "2001:db8:1::/48", "2001:db8::/48", "255.255.255.255/32"];
    expect(cidrsOf(addressSetOfCidrs(cidrs))).toEqual(["10.0.0.0/23", "255.255.255.255/32", "2001:db8::/47"]);
  });

  test("whole spaces and their ends", () => {
    const all = addressSetOfCidrs(["0.0.0.0/0", "::/0"]);
    expect(cidrsOf(all)).toEqual(["0.0.0.0/0", "::/0"]);
    expect(cidrsOf(difference(all, addressSetOfCidrs(["0.0.0.0/1", "::/1"])))).toEqual(["128.0.0.0/1", "8000::/1"]);
    expect(cidrsOf(difference(addressSetOfCidrs(["0.0.0.0/30"]), addressSetOfCidrs(["0.0.0.2/32"])))).toEqual(["0.0.0.0/31", "0.0.0.3/32"]);
  });

  test("swallowed entries name the entry around them", () => {
    const blocks = ["10.0.0.0/24", "10.0.0.0/8", "11.0.0.0/8", "10.0.0.0/8", "::/0", "::1/128"].map(block);
    expect(swallowedBlocks(blocks)).toEqual([
      { inner: 0, outer: 1 },
      { inner: 3, outer: 1 },
      { inner: 5, outer: 4 },
    ]);
  });

  const small = fc.array(
    fc.record({ prefix: fc.integer({ min: 24, max: 32 }), host: fc.integer({ min: 0, max: 255 }) }).map(({ prefix, host }): Block => {
      const size = 2 ** (32 - prefix);
      return { family: "ipv4", first: 0xffff_ff00 + host - (host % size), prefix };
    }),
    { maxLength: 8 },
  );
  const members = (set: { ipv4: readonly number[] }): Set<number> => {
    const found = new Set<number>();
    eachRange(set.ipv4, (start, end) => {
      for (let value = start; value < end; value++) found.add(value);
    });
    return found;
  };
  const toIpv6 = (blocks: readonly Block[]): Block[] =>
    blocks.map((b) => ({ family: "ipv6", first: (1n << 128n) - 256n + BigInt(Number(b.first) - 0xffff_ff00), prefix: b.prefix + 96 }));

  test("the algebra is that of sets, on both families", () => {
    fc.assert(
      fc.property(small, small, (left, right) => {
        const [a, b] = [addressSet(left), addressSet(right)];
        expect(members(union(a, b))).toEqual(new Set([...members(a), ...members(b)]));
        expect(members(difference(a, b))).toEqual(new Set([...members(a)].filter((value) => !members(b).has(value))));
        expect(members(intersection(a, b))).toEqual(new Set([...members(a)].filter((value) => members(b).has(value))));
        expect(addressSetOfCidrs(cidrsOf(a))).toEqual(a);
        const [a6, b6] = [addressSet(toIpv6(left)), addressSet(toIpv6(right))];
        const shape = (bounds: readonly (number | bigint)[], base: number | bigint) =>
          bounds.map((bound) => Number(BigInt(bound) - BigInt(base)));
        expect(shape(difference(a6, b6).ipv6, (1n << 128n) - 256n)).toEqual(shape(difference(a, b).ipv4, 0xffff_ff00));
        expect(addressSetOfCidrs(cidrsOf(a6))).toEqual(a6);
      }),
    );
  });

  test("texts read back to the same block", () => {
    const any = fc.oneof(
      fc
        .tuple(fc.nat(0xffff_ffff), fc.nat(32))
        .map(([value, prefix]): Block => ({ family: "ipv4", first: value - (value % 2 ** (32 - prefix)), prefix })),
      fc.tuple(fc.bigInt({ min: 1n << 50n, max: (1n << 128n) - 1n }), fc.nat(128)).map(([value, prefix]): Block => {
        const host = BigInt(128 - prefix);
        return { family: "ipv6", first: (value >> host) << host, prefix };
      }),
    );
    fc.assert(
      fc.property(any, (b) => {
        expect(parseBlock(blockText(b))).toEqual({ kind: "block", block: b });
      }),
    );
  });
});

test("texts of blocks give what their blocks give, whatever else stands among them", () => {
  const octet = fc.oneof(fc.integer({ min: 0, max: 256 }).map(String), fc.constantFrom("00", "01", "", "+1", "1 "));
  const quad = fc.tuple(octet, octet, octet, octet).map((parts) => parts.join("."));
  const clear = fc
    .tuple(fc.integer({ min: 0, max: 0xffff_ffff }), fc.integer({ min: 0, max: 32 }))
    .map(([value, prefix]) => blockText({ family: "ipv4", first: value - (value % 2 ** (32 - prefix)), prefix }));
  const prefixed = fc
    .tuple(
      fc.oneof(
        quad,
        quad.map((text) => `::ffff:${text}`),
        fc.constantFrom("1.2.3", "1.2.3.4.5", "2001:db8::", "::"),
      ),
      fc.integer({ min: -1, max: 129 }),
    )
    .map(([text, prefix]) => `${text}/${prefix}`);
  const text = fc.oneof(clear, prefixed, quad, fc.constantFrom("", "/", "10.0.0.0/", "10.0.0.0/08", "10.0.0.0/8/8", "0.0.0.0/0", "/8"));
  fc.assert(
    fc.property(fc.array(text, { maxLength: 12 }), (texts) => {
      const blocks = texts.map(parseBlock).flatMap((reading) => (reading.kind === "block" ? [reading.block] : []));
      expect(addressSetOfCidrs(texts)).toEqual(addressSet(blocks));
    }),
    { numRuns: 2000 },
  );
});
