/** Assertions that were used, so that none is used twice. Promises: bounded, and one that cannot be remembered is not taken. */
export type UsedAssertions = {
  /** Whether this is the first use; it is used from now on, until `end`. Milliseconds. */
  readonly use: (id: string, end: number, now: number) => "first" | "again" | "full";
};

const most = 100_000;

export function usedAssertions(): UsedAssertions {
  const ends = new Map<string, number>();
  return {
    use: (id, end, now) => {
      if ((ends.get(id) ?? -Infinity) > now) return "again";
      if (ends.size >= most) for (const [old, oldEnd] of ends) if (oldEnd <= now) ends.delete(old);
      if (ends.size >= most) return "full";
      ends.set(id, end);
      return "first";
    },
  };
}
