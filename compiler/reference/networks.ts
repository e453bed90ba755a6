/**
 * The networks that a program declares. Of one whose list is read again the world says what it holds now; before it was read, and for what is
 * settled at the start, it holds what the program says.
 */
import type { AddressBounds, NetworkList } from "../../runtime/contract/network-lists.ts";
import type { World } from "../../runtime/contract/world.ts";
import type { Program } from "../model/program.ts";
import type { Address } from "./address.ts";
import type { AddressTest } from "./membership.ts";

/** `addresses`: blocks, or what tells whether an address is in it. */
export type NamedNetwork = { readonly name: string; readonly addresses: readonly string[] | AddressTest; readonly isReloaded?: true };

export function builtNetworks({ networks }: Program): readonly NamedNetwork[] {
  return networks.map(({ name, cidrs, reload }) => ({ name, addresses: cidrs, ...(reload && { isReloaded: true }) }));
}

/** As they are at this moment. */
export function networksNow(built: readonly NamedNetwork[], { networks }: World): readonly NamedNetwork[] {
  const now = networks?.();
  return built.map((network) => {
    const bounds = network.isReloaded ? now?.get(network.name) : undefined;
    return bounds ? { ...network, addresses: (address) => lies(address, bounds) } : network;
  });
}

/** Inside: behind an odd number of bounds. */
function lies({ bits, value }: Address, { ipv4, ipv6 }: AddressBounds): boolean {
  const bounds = bits === 32 ? [...ipv4].map(BigInt) : wide(ipv6);
  return bounds.filter((bound) => bound <= value).length % 2 === 1;
}

function wide(words: Uint32Array): readonly bigint[] {
  const bounds: bigint[] = [];
  for (let at = 0; at < words.length; at += 4)
    bounds.push([...words.subarray(at, at + 4)].reduce((sum, word) => (sum << 32n) + BigInt(word), 0n));
  return bounds;
}

/** Lists that a host reads again. */
export function hostLists({ networks }: Program): { readonly lists?: readonly NetworkList[] } {
  const lists = networks.flatMap(({ name, reload }) => (reload === undefined ? [] : [{ name, ...reload }]));
  return lists.length === 0 ? {} : { lists };
}
