/** A MaxMind database (MaxMind DB file format 2.0) of one list of networks, for the reader that is measured: `{ "in": true }` inside, nothing outside. */
import { bitsOf } from "./prefix-bits.ts";
import type { Family } from "./prefix-lists.ts";

const empty = 0xffff_ffff;
const inside = 0xffff_fffe;

export function mmdbFile(family: Family, prefixes: readonly string[]): Buffer {
  const tree = new Tree();
  for (const prefix of prefixes) tree.add(bitsOf(prefix));
  const { count } = tree;
  const nodes = Buffer.alloc(count * 8);
  for (let at = 0; at < count * 2; at++) {
    const record = tree.record(at);
    nodes.writeUInt32BE(record === empty ? count : record === inside ? count + 16 : record, at * 4);
  }
  const data = map([["in", Buffer.from([0x01, 0x07])]]);
  const marker = Buffer.from("abcdef4d61784d696e642e636f6d", "hex");
  return Buffer.concat([nodes, Buffer.alloc(16), data, marker, metadata(family, count)]);
}

class Tree {
  count = 1;
  #records = new Uint32Array(1 << 16).fill(empty);

  record(at: number): number {
    return this.#records[at] ?? empty;
  }

  add(bits: Uint8Array): void {
    let node = 0;
    for (const [depth, bit] of bits.entries()) {
      const at = node * 2 + bit;
      const next = this.record(at);
      if (next === inside) return;
      if (depth === bits.length - 1) this.#records[at] = inside;
      else node = next === empty ? this.#grow(at) : next;
    }
  }

  #grow(at: number): number {
    const node = this.count++;
    if (node * 2 + 2 > this.#records.length) {
      const larger = new Uint32Array(this.#records.length * 2).fill(empty);
      larger.set(this.#records);
      this.#records = larger;
    }
    this.#records[at] = node;
    return node;
  }
}

function metadata(family: Family, nodes: number): Buffer {
  return map([
    ["node_count", uint(6, nodes, 4)],
    ["record_size", uint(5, 32, 2)],
    ["ip_version", uint(5, family === "ipv4" ? 4 : 6, 2)],
    ["database_type", text("bench")],
    ["languages", Buffer.from([0x00, 0x04])],
    ["binary_format_major_version", uint(5, 2, 2)],
    ["binary_format_minor_version", uint(5, 0, 2)],
    ["build_epoch", Buffer.concat([Buffer.from([0x08, 0x02]), Buffer.alloc(8)])],
    ["description", map([["en", text("bench")]])],
  ]);
}

function map(entries: readonly (readonly [name: string, value: Buffer])[]): Buffer {
  return Buffer.concat([Buffer.from([(7 << 5) | entries.length]), ...entries.flatMap(([name, value]) => [text(name), value])]);
}

function text(value: string): Buffer {
  return Buffer.concat([Buffer.from([(2 << 5) | value.length]), Buffer.from(value)]);
}

function uint(type: 5 | 6, value: number, bytes: number): Buffer {
  const number = Buffer.alloc(1 + bytes);
  number[0] = (type << 5) | bytes;
  number.writeUIntBE(value, 1, bytes);
  return number;
}
