/** Names of the program by number, for series that are named by numbers: 0 is nobody's. */
export type Numbering = {
  readonly numberOf: (name: string | undefined) => number;
  readonly nameOf: (number: number) => string;
  readonly count: number;
};

/** A name that is none of these counts as 0. */
export function numbering(names: readonly string[]): Numbering {
  const numbers = new Map(names.map((name, at) => [name, at + 1]));
  return {
    numberOf: (name) => (name === undefined ? 0 : (numbers.get(name) ?? 0)),
    nameOf: (number) => names[number - 1] ?? "",
    count: names.length + 1,
  };
}

/** Numbers are given as names come; beyond `mostNames` all count as 0, so that a mistake cannot fill the memory. */
export function openNumbering(): Omit<Numbering, "count"> {
  const numbers = new Map<string, number>();
  const names: string[] = [];
  return {
    numberOf: (name) => {
      if (name === undefined) return 0;
      const known = numbers.get(name);
      if (known !== undefined) return known;
      if (names.length + 1 >= mostNames) return 0;
      names.push(name);
      numbers.set(name, names.length);
      return names.length;
    },
    nameOf: (number) => names[number - 1] ?? "",
  };
}

/** Far more than a program has backends, limits or kinds of faults. */
export const mostNames = 1_000;
