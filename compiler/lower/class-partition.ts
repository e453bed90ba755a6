/**
 * Classes of addresses that some networks cannot tell apart. A route that reads no network has one group, however many
 * classes there are. Knows networks by label.
 */
import type { AddressClasses } from "../model/ir.ts";

export type ClassPartition = {
  /** The group of each class. */
  readonly groupOf: Float64Array;
  /** One class of each group. */
  readonly representatives: readonly number[];
};

export type ClassPartitions = {
  /** Two calls with the same labels give the same object. */
  readonly by: (labels: readonly string[]) => ClassPartition;
  /** Groups that neither of the two tells apart. */
  readonly both: (left: ClassPartition, right: ClassPartition) => ClassPartition;
  readonly isIn: (label: string, one: number) => boolean;
  /** The classes inside the network. */
  readonly inside: (label: string) => readonly number[];
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
    both: joint(),
    isIn: (label, one) => setOf(label).has(one),
    inside: (label) => inside.get(label) ?? [],
  };
}

function joint(): ClassPartitions["both"] {
  const known = new Map<ClassPartition, Map<ClassPartition, ClassPartition>>();
  return (left, right) => {
    if (left === right || right.representatives.length <= 1) return left;
    if (left.representatives.length <= 1) return right;
    const byRight = known.get(left) ?? new Map<ClassPartition, ClassPartition>();
    known.set(left, byRight);
    const width = right.representatives.length;
    const found = byRight.get(right) ?? renumbered(paired(left.groupOf, right.groupOf, width));
    byRight.set(right, found);
    return found;
  };
}

function paired(left: Float64Array, right: Float64Array, width: number): Float64Array {
  const pairs = new Float64Array(left.length);
  for (let one = 0; one < pairs.length; one++) pairs[one] = (left[one] ?? 0) * width + (right[one] ?? 0);
  return pairs;
}

/** Each network splits the groups that it cuts: its members move to a group of their own, one for each group they came from. */
function partition(networks: readonly (readonly number[])[], count: number): ClassPartition {
  const raw = new Float64Array(count);
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
function renumbered(raw: Float64Array): ClassPartition {
  const numbers: number[] = [];
  const representatives: number[] = [];
  const groupOf = new Float64Array(raw.length);
  for (let one = 0; one < raw.length; one++) {
    const group = raw[one] ?? 0;
    let number = numbers[group];
    if (number === undefined) {
      number = representatives.push(one) - 1;
      numbers[group] = number;
    }
    groupOf[one] = number;
  }
  return { groupOf, representatives };
}
