/**
 * Blocks of addresses as a binary tree over their bits, with a list of numbers at each block. Promises: a lookup walks at
 * most 32 or 128 steps, however many blocks there are, and its size is the sum of the prefixes.
 */
import { type Address, parseAddress } from "../../kernel/ip.ts";

export type Block = { readonly address: Address; readonly prefix: number };

/** `ADDRESS` or `ADDRESS/PREFIX`; bits behind the prefix say nothing. The prefix of IPv4-mapped addresses counts from 96. */
export function readBlock(text: string): Block | undefined {
  const slash = text.indexOf("/");
  const first = slash < 0 ? text : text.slice(0, slash);
  const address = parseAddress(first);
  if (address === undefined) return undefined;
  const longest = first.includes(":") ? 128 : 32;
  const prefix = slash < 0 ? longest : readPrefix(text.slice(slash + 1), longest);
  if (prefix === undefined) return undefined;
  if (address.family === 6 || longest === 32) return { address, prefix };
  if (prefix >= 96) return { address, prefix: prefix - 96 };
  return { address: { family: 6, w0: 0, w1: 0, w2: 0xffff, w3: address.value }, prefix };
}

function readPrefix(text: string, longest: number): number | undefined {
  if (!/^(?:0|[1-9][0-9]{0,2})$/.test(text)) return undefined;
  const prefix = Number(text);
  return prefix <= longest ? prefix : undefined;
}

export type AddressTree = {
  readonly add: (block: Block, value: number) => void;
  readonly holds: (address: Address) => boolean;
  /** The lists of all blocks around the address. */
  readonly visit: (address: Address, take: (values: readonly number[]) => void) => void;
};

export function addressTree(): AddressTree {
  const trees = { 4: bitTree(), 6: bitTree() } as const;
  return {
    add: ({ address, prefix }, value) => trees[address.family].add(address, prefix, value),
    holds: (address) => trees[address.family].holds(address),
    visit: (address, take) => trees[address.family].visit(address, take),
  };
}

type BitTree = {
  readonly add: (address: Address, prefix: number, value: number) => void;
  readonly holds: (address: Address) => boolean;
  readonly visit: AddressTree["visit"];
};

function bitTree(): BitTree {
  /** Two children a node; 0 is none, since no child is the root. */
  const children: number[] = [0, 0];
  const lists: (number[] | undefined)[] = [undefined];
  return {
    add: (address, prefix, value) => {
      let node = 0;
      for (let bit = 0; bit < prefix; bit++) {
        const edge = node * 2 + bitAt(address, bit);
        if (children[edge] === 0) {
          children[edge] = lists.length;
          children.push(0, 0);
          lists.push(undefined);
        }
        node = children[edge] ?? 0;
      }
      const list = lists[node];
      if (list === undefined) lists[node] = [value];
      else list.push(value);
    },
    holds: (address) => {
      for (let node = 0, bit = 0; ; bit++) {
        if (lists[node] !== undefined) return true;
        node = children[node * 2 + bitAt(address, bit)] ?? 0;
        if (node === 0) return false;
      }
    },
    visit: (address, take) => {
      for (let node = 0, bit = 0; ; bit++) {
        const list = lists[node];
        if (list !== undefined) take(list);
        node = children[node * 2 + bitAt(address, bit)] ?? 0;
        if (node === 0) return;
      }
    },
  };
}

/** Behind the last bit nodes have no children, so what is said of it does not matter. */
function bitAt(address: Address, bit: number): number {
  const shift = 31 - (bit & 31);
  if (address.family === 4) return (address.value >>> shift) & 1;
  const word = bit < 32 ? address.w0 : bit < 64 ? address.w1 : bit < 96 ? address.w2 : address.w3;
  return (word >>> shift) & 1;
}
