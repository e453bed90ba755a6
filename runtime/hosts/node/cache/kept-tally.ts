/** How much is kept of each route, and how much went and why, until somebody asks. */

/** `evicted`: for want of room. `dropped`: since their places were changed. */
type Amounts = { bytes: number; answers: number; evicted: number; dropped: number };
/** `route`: that of the call which had the answers kept. */
export type Changed = { readonly route: string } & Readonly<Amounts>;
export type KeptTally = {
  /** Of all routes. */
  readonly bytes: () => number;
  /** Of answers that came or, below 0, went. */
  readonly add: (route: string, bytes: number, answers: number) => void;
  readonly went: (route: string, why: "evicted" | "dropped", answers: number) => void;
  /** Each route of which something has become since it was asked last. */
  readonly changed: () => readonly Changed[];
};

export function keptTally(): KeptTally {
  const ofRoutes = new Map<string, Amounts>();
  const untold = new Set<string>();
  let all = 0;
  const amounts = (route: string): Amounts => {
    const known = ofRoutes.get(route) ?? { bytes: 0, answers: 0, evicted: 0, dropped: 0 };
    untold.add(route);
    ofRoutes.set(route, known);
    return known;
  };
  return {
    bytes: () => all,
    add: (route, bytes, answers) => {
      const now = amounts(route);
      all += bytes;
      now.bytes += bytes;
      now.answers += answers;
    },
    went: (route, why, answers) => {
      if (answers > 0) amounts(route)[why] += answers;
    },
    changed: () => {
      const told = Array.from(untold, (route) => ({ route, ...amounts(route) }));
      for (const { route } of told) Object.assign(amounts(route), { evicted: 0, dropped: 0 });
      untold.clear();
      return told;
    },
  };
}
