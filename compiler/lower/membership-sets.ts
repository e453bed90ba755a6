/** Sets of small numbers, each set once, reached from one another by one member more or less. Set 0 is empty. */
export type MembershipSets = {
  /** The set with `member` put in or taken out. */
  readonly toggle: (set: number, member: number) => number;
  /** Ascending. */
  readonly members: (set: number) => readonly number[];
  /** Members of all sets together. */
  readonly size: () => number;
};

export function membershipSets(): MembershipSets {
  const sets: (readonly number[])[] = [[]];
  const numbers = new Map<string, number>([["", 0]]);
  let size = 0;
  const steps: Map<number, number>[] = [new Map()];

  const find = (members: readonly number[]): number => {
    const key = members.join();
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, sets.length);
    size += members.length;
    steps.push(new Map());
    return sets.push(members) - 1;
  };

  const members = (set: number): readonly number[] => sets[set] ?? [];

  return {
    members,
    size: () => size,
    toggle: (set, member) => {
      const known = steps[set]?.get(member);
      if (known !== undefined) return known;
      const present = members(set);
      const changed = present.includes(member) ? present.filter((one) => one !== member) : [...present, member].sort((a, b) => a - b);
      const found = find(changed);
      steps[set]?.set(member, found);
      steps[found]?.set(member, set);
      return found;
    },
  };
}
