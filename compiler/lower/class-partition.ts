/**
 * Classes of addresses that some networks cannot tell apart. A route that reads no network has one group, however many
 * classes there are. Knows networks by label.
 */
import type { AddressClasses } from "../model/ir.ts";

export type ClassPartition = {
  /** The group of each class. */
  readonly groupOf: ArrayLike<number>;
  /** One class of each group. */
  readonly representatives: readonly number[];
};

export type ClassPartitions = {
  /** Two calls with the same labels give the same object. */
  readonly by: (labels: Iterable<string>) => ClassPartition;
  readonly isIn: (label: string, one: number) => boolean;
};

export function classPartitions(classes: AddressClasses): ClassPartitions {
  const inside = new Map(classes.networks.map((network) => [network.label, network.classes]));
  const sets = new Map<string, ReadonlySet<number>>();
  const known = new Map<string, ClassPartition>();
  const setOf = (label: string): ReadonlySet<number> => {
    const found = sets.get(label) ?? new Set(inside.get(label));
    sets.set(label, found);
    return found;
  };
  return {
    by: (labels) => {
      const sorted = [...new Set(labels)].sort();
      const key = JSON.stringify(sorted);
      const found =
        known.get(key) ??
        partition(
          sorted.map((label) => inside.get(label) ?? []),
          classes.count,
        );
      known.set(key, found);
      return found;
    },
    isIn: (label, one) => setOf(label).has(one),
  };
}

/** Each network splits the groups that it cuts: its members move to a group of their own, one for each group they came from. */
function partition(networks: readonly (readonly number[])[], count: number): ClassPartition {
  const raw = new Uint32Array(count);
  let groups = 1;
  for (const members of networks) {
    const moved = new Map<number, number>();
    for (const one of members) {
      const from = raw[one] ?? 0;
      const to = moved.get(from) ?? groups++;
      moved.set(from, to);
      raw[one] = to;
    }
  }
  return renumbered(raw);
}

/** Groups counted in the order of their first class, without those left empty. */
function renumbered(raw: Uint32Array): ClassPartition {
  const numbers = new Map<number, number>();
  const representatives: number[] = [];
  const groupOf = raw.map((group, one) => {
    const known = numbers.get(group);
    if (known !== undefined) return known;
    numbers.set(group, numbers.size);
    representatives.push(one);
    return numbers.size - 1;
  });
  return { groupOf, representatives };
}
