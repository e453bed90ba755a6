/**
 * The same corpus of addresses through a list that was compiled from its text, one that was loaded from `tables.bin`, told by classes or asked by itself,
 * and one that was read again at run time: verdicts and rules are those of a linear scan over numbers, whatever way the list came.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ReloadedNetworks } from "../../runtime/contract/network-lists.ts";
import type { Gateway } from "../../runtime/contract/gateway.ts";
import { networkOfList } from "../../runtime/lists/network-of-list.ts";
import { bothHands, gatewayOf } from "../harness/both-hands.ts";
import { compileFiles } from "../harness/compile-files.ts";
import { testWorld } from "../harness/world.ts";

type Block = { readonly bits: 32 | 128; readonly first: bigint; readonly prefix: number };

const sizeOf = ({ bits, prefix }: Block): bigint => 1n << BigInt(bits - prefix);
const endOf = (bits: number): bigint => 1n << BigInt(bits);
const isMapped = ({ bits, first, prefix }: Block): boolean => bits === 128 && prefix >= 96 && first >> 32n === 0xffffn;

function holds(block: Block, bits: number, value: bigint): boolean {
  const { first, prefix } = block;
  if (isMapped(block)) return holds({ bits: 32, first: first & 0xffff_ffffn, prefix: prefix - 96 }, bits, value);
  return block.bits === bits && value >= first && value < first + sizeOf(block);
}

function textOf(bits: 32 | 128, value: bigint): string {
  if (bits === 32) return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 255n)).join(".");
  return Array.from({ length: 8 }, (_, at) => ((value >> BigInt(112 - 16 * at)) & 0xffffn).toString(16)).join(":");
}

/** Also as the IPv4-mapped block that means the same, and one address without its prefix. */
function entryOf({ bits, first, prefix }: Block, writing: number): string {
  if (prefix === bits && writing % 3 === 0) return textOf(bits, first);
  if (bits === 32 && writing % 4 === 1) return `::ffff:${textOf(32, first)}/${prefix + 96}`;
  return `${textOf(bits, first)}/${prefix}`;
}

function listOf(blocks: readonly Block[], writing: number): string {
  const entries = blocks.map((block, at) => entryOf(block, writing + at));
  return writing % 2 === 0 ? JSON.stringify(entries) : `# ${blocks.length}\n${entries.join(" ; told\n")}\n`;
}

/** The edges of every block, one before and one after, the ends of the families and the sign bit; IPv4 also as clients of IPv6 sockets have it. */
function corpusOf(blocks: readonly Block[]): readonly { readonly bits: 32 | 128; readonly value: bigint; readonly text: string }[] {
  const edges = blocks.flatMap((block) => {
    const { bits, first } = block;
    return [first - 1n, first, first + sizeOf(block) - 1n, first + sizeOf(block)].map((value) => ({ bits, value }));
  });
  const ends = ([32, 128] as const).flatMap((bits) =>
    [0n, 1n, endOf(bits) / 2n - 1n, endOf(bits) / 2n, endOf(bits) - 1n].map((value) => ({ bits, value })),
  );
  const asked = new Map([...edges, ...ends].map((one) => [`${one.bits} ${one.value}`, one]));
  return [...asked.values()].flatMap(({ bits, value }) => {
    // What is mapped is IPv4, and asked as such.
    if (value < 0n || value >= endOf(bits) || (bits === 128 && value >> 32n === 0xffffn)) return [];
    const text = textOf(bits, value);
    return bits === 32 && value % 2n === 0n ? [{ bits, value, text: `::ffff:${text}` }] : [{ bits, value, text }];
  });
}

const SOURCE = (reload: string): string => `gwl 1

network a from "a.list"${reload}
network b from "b.list"${reload}
network kept { 203.0.113.0/28, 2001:db8::/64 }

gateway g {
  deny when client.ip in a because "a"
  deny when client.ip in b because "b"
}
GET "/" { allow when not (client.ip in kept), allow when client.ip in kept - a, respond 200 }
`;

async function handsOf(source: string, lists: readonly [string, string]): Promise<readonly [reference: Gateway, compiled: Gateway]> {
  const files = [
    { file: "main.gwl", text: source },
    { file: "a.list", text: lists[0] },
    { file: "b.list", text: lists[1] },
  ];
  const { compilation, diagnostics } = await compileFiles(files);
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  const { reference, compiled } = bothHands(compilation.program, { stage: undefined, variables: {} });
  return [gatewayOf(reference), gatewayOf(compiled)];
}

/** Which lists denied: what tells the classes of the two apart. */
async function verdict(gateway: Gateway, peer: string, networks: ReloadedNetworks | undefined): Promise<string> {
  const request = {
    method: "GET",
    target: "/",
    httpVersion: "1.1",
    rawHeaders: ["host", "g.example"],
    peer,
    secure: false,
    readBody: () => Promise.resolve({ kind: "bytes", bytes: new Uint8Array() } as const),
  };
  const { decision } = await gateway.handle(request, { ...testWorld(), ...(networks && { networks: () => networks }) });
  return `${decision.effect} ${decision.effect === "deny" ? decision.rules.length : ""} ${decision.rules.join()}`;
}

function reloaded(lists: readonly [string, string]): ReloadedNetworks {
  return new Map(
    lists.map((text, at) => {
      const read = networkOfList(text, undefined);
      if (!read.ok) throw new Error(read.why);
      return [at === 0 ? "a" : "b", read.bounds] as const;
    }),
  );
}

const six = { min: 0n, max: endOf(128) - 1n };
const first = (bits: 32 | 128): fc.Arbitrary<bigint> =>
  bits === 32
    ? fc.oneof(
        fc.bigInt({ min: 0n, max: 0xffff_ffffn }),
        fc.bigInt({ min: 0x7fff_ff00n, max: 0x8000_00ffn }),
        fc.bigInt({ min: 0xc633_6400n, max: 0xc633_64ffn }),
      )
    : fc.oneof(fc.bigInt(six), fc.bigInt({ min: 0x2001_0db8n << 96n, max: (0x2001_0db8n << 96n) + 0xffn }), fc.constant(0xffff_0000_0000n));

/** Crowded, so that they swallow, touch and repeat each other; whole families and single addresses are among them. */
const block: fc.Arbitrary<Block> = fc
  .constantFrom<(32 | 128)[]>(32, 32, 128)
  .chain((bits) =>
    fc
      .tuple(first(bits), fc.oneof(fc.integer({ min: 0, max: bits }), fc.constantFrom(0, 1, bits - 1, bits, bits)))
      .map(([start, prefix]) => ({ bits, first: (start >> BigInt(bits - prefix)) << BigInt(bits - prefix), prefix })),
  );

async function agree(a: readonly Block[], b: readonly Block[], writing: number, mostAsked: number): Promise<void> {
  const lists = [listOf(a, writing), listOf(b, writing + 1)] as const;
  const other = ["192.0.2.1\n2001:db8::/32\n", "0.0.0.0/0\n::/0\n"] as const;
  const [text, classes] = await handsOf(SOURCE(""), lists);
  const [, alone] = await handsOf(SOURCE(" reload every 1h"), lists);
  const [meaning, again] = await handsOf(SOURCE(" reload every 1h"), other);
  const networks = reloaded(lists);
  const all = corpusOf([...a, ...b]);
  const step = Math.max(1, Math.floor(all.length / mostAsked));
  for (const { bits, value, text: peer } of all.filter((_, at) => at % step === writing % step)) {
    const isIn = [a, b].map((blocks) => blocks.some((one) => holds(one, bits, value)));
    const answers = await Promise.all([
      verdict(text, peer, undefined),
      verdict(classes, peer, undefined),
      verdict(alone, peer, undefined),
      verdict(meaning, peer, networks),
      verdict(again, peer, networks),
    ]);
    expect(new Set(answers), `${peer} in ${lists.join(" / ")}`).toHaveLength(1);
    const denials = isIn.filter((one) => one).length;
    expect(answers[0], peer).toContain(denials === 0 ? "allow" : `deny ${denials} `);
  }
}

describe("a list means the same however it came", () => {
  test.each([
    { size: 0, runs: 4, asked: 100 },
    { size: 1, runs: 25, asked: 100 },
    { size: 2, runs: 25, asked: 100 },
    { size: 30, runs: 15, asked: 60 },
    { size: 3_000, runs: 2, asked: 400 },
  ])("$size entries", { timeout: 120_000 }, async ({ size, runs, asked }) => {
    const blocks = fc.array(block, { minLength: size, maxLength: size, size: "max" });
    await fc.assert(
      fc.asyncProperty(blocks, blocks, fc.nat({ max: 11 }), (a, b, writing) => agree(a, b, writing, asked)),
      { numRuns: runs, endOnFailure: size > 100 },
    );
  });
});
