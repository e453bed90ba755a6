/** Where callers come from, in words: networks that the programs name, or the blocks themselves. */
import { type AddressSet, addressSetOfCidrs, blocksOf, difference, EVERY_ADDRESS } from "../model/address-ranges.ts";
import { blockText } from "../model/address-text.ts";
import type { Program } from "../model/program.ts";

const MOST_BLOCKS = 3;

/** Empty for all addresses; `from office`, `from 203.0.112.0/24`, `from outside of office`. */
export function addressWords(addresses: AddressSet, { before, after }: { readonly before: Program; readonly after: Program }): string {
  if (isSame(addresses, EVERY_ADDRESS)) return "";
  const outside = difference(EVERY_ADDRESS, addresses);
  const name = nameOf(addresses, before, after);
  if (name !== undefined) return `from ${name}`;
  const other = nameOf(outside, before, after);
  if (other !== undefined) return `from outside of ${other}`;
  const [inside, rest] = [blocksOf(addresses), blocksOf(outside)];
  if (rest.length < inside.length) return `from outside of ${listed(rest)}`;
  return `from ${listed(inside)}`;
}

/** A network of both versions that holds the same in both, or of the only one that has it. */
function nameOf(addresses: AddressSet, before: Program, after: Program): string | undefined {
  const is = ({ cidrs, reload }: Program["networks"][number]): boolean =>
    reload === undefined && isSame(addressSetOfCidrs(cidrs), addresses);
  const named = [...after.networks, ...before.networks].filter(is).map(({ name }) => name);
  return named.find((name) => [before, after].every(({ networks }) => networks.every((one) => one.name !== name || is(one))));
}

function isSame(left: AddressSet, right: AddressSet): boolean {
  return left.ipv4.join() === right.ipv4.join() && left.ipv6.join() === right.ipv6.join();
}

function listed(blocks: ReturnType<typeof blocksOf>): string {
  const shown = blocks.slice(0, MOST_BLOCKS).map(blockText).join(", ");
  const more = blocks.length - MOST_BLOCKS;
  return more <= 0 ? shown : `${shown} and ${more} more ${more === 1 ? "block" : "blocks"}`;
}
