/**
 * The address space cut into ranges at the borders of networks; each distinct set of networks is a class. Promises: class 0
 * is in no network where such addresses exist, classes count up in the order of addresses, one pass over sorted borders.
 */
import type { AddressSet } from "../model/address-ranges.ts";
import { ipv6Hex } from "../model/address-text.ts";
import type { AddressClasses } from "../model/ir.ts";
import { membershipSets } from "./membership-sets.ts";

export type LabelledNetwork = { readonly label: string; readonly addresses: AddressSet };

export function addressClasses(networks: readonly LabelledNetwork[]): AddressClasses {
  const classes = fewAddressClasses(networks, Number.POSITIVE_INFINITY);
  if (classes === undefined) throw new Error("no number of memberships is too many");
  return classes;
}

/** Undefined where the classes would be in more than `most` networks, all together. */
export function fewAddressClasses(networks: readonly LabelledNetwork[], most: number): AddressClasses | undefined {
  const sets = membershipSets();
  const isTooMuch = (): boolean => sets.size() > most;
  const ipv4 = cut(ipv4Borders(networks), 0, 2 ** 32, sets.toggle, isTooMuch);
  const ipv6 = cut(ipv6Borders(networks), 0n, 1n << 128n, sets.toggle, isTooMuch);
  if (ipv4 === undefined || ipv6 === undefined) return undefined;
  const classOfSet = new Map<number, number>();
  if (ipv4.sets.includes(0) || ipv6.sets.includes(0)) classOfSet.set(0, 0);
  const classOf = (set: number): number => {
    const known = classOfSet.get(set) ?? classOfSet.size;
    classOfSet.set(set, known);
    return known;
  };
  const [ipv4Classes, ipv6Classes] = [ipv4.sets.map(classOf), ipv6.sets.map(classOf)];
  const inside = networks.map((): number[] => []);
  for (const [set, number] of classOfSet) for (const network of sets.members(set)) inside[network]?.push(number);
  return {
    count: classOfSet.size,
    ipv4: { starts: ipv4.starts, classes: ipv4Classes },
    ipv6: { starts: ipv6.starts.map(ipv6Hex), classes: ipv6Classes },
    networks: networks.map(({ label }, at) => ({ label, classes: (inside[at] ?? []).sort((a, b) => a - b) })),
  };
}

/** Where a network begins or ends: after an even number of its own borders one is outside of it. Ascending. */
type Border<N> = { readonly at: (index: number) => N; readonly network: (index: number) => number; readonly count: number };

/** Networks that a border number can hold beside an IPv4 address in one exact double. */
const TAGS = 2 ** 20;

function ipv4Borders(networks: readonly LabelledNetwork[]): Border<number> {
  const tagged = new Float64Array(networks.reduce((sum, { addresses }) => sum + addresses.ipv4.length, 0));
  let count = 0;
  for (const [network, { addresses }] of networks.entries()) for (const bound of addresses.ipv4) tagged[count++] = bound * TAGS + network;
  tagged.sort();
  return { count, at: (index) => Math.floor((tagged[index] ?? 0) / TAGS), network: (index) => (tagged[index] ?? 0) % TAGS };
}

function ipv6Borders(networks: readonly LabelledNetwork[]): Border<bigint> {
  const borders = networks.flatMap(({ addresses }, network) => addresses.ipv6.map((bound) => ({ bound, network })));
  borders.sort((a, b) => (a.bound < b.bound ? -1 : a.bound > b.bound ? 1 : 0));
  return { count: borders.length, at: (index) => borders[index]?.bound ?? 0n, network: (index) => borders[index]?.network ?? 0 };
}

function cut<N extends number | bigint>(
  borders: Border<N>,
  first: N,
  end: N,
  toggle: (set: number, network: number) => number,
  isTooMuch: () => boolean,
): { readonly starts: readonly N[]; readonly sets: readonly number[] } | undefined {
  // Room for all: arrays of a million that grow step by step leave several times their size behind.
  const starts = Array<N>(borders.count + 1);
  const sets = Array<number>(borders.count + 1);
  let count = 0;
  let start = first;
  let set = 0;
  for (let index = 0; index < borders.count; index++) {
    const at = borders.at(index);
    if (at !== start) {
      starts[count] = start;
      sets[count++] = set;
      start = at;
    }
    set = toggle(set, borders.network(index));
    if (isTooMuch()) return undefined;
  }
  if (start !== end) {
    starts[count] = start;
    sets[count++] = set;
  }
  starts.length = count;
  sets.length = count;
  return { starts, sets };
}
