/** Finding the route: ours and the routers of npm. */
import { peersOf, type Standing } from "./contest/contest.ts";
import { hold } from "./contest/curve.ts";
import { operationCount, routeSet } from "./data/route-sets.ts";
import { type BenchResult, type BenchRow, time, times } from "./row.ts";

const goals = [1.3, 1.3, 2] as const;
const mostGrowth = 3;

export async function routesBench(): Promise<BenchResult> {
  const counts = [20, operationCount(), 10_000];
  const { curve, standings } = await hold({
    name: "routes",
    title: "Route match with parameters",
    about: `${routeSet(counts[1] ?? 0).origin}; 10,000 are copies below prefixes. One request in ten matches nothing.`,
    module: "routes.ts",
    names: ["gwl", "memoirist", "find-my-way", "hono RegExp", "hono Trie", "rou3 compiled"],
    sizes: counts.map((count) => ({ label: `${count.toLocaleString("en")} routes`, setup: { count } })),
  });
  const rows = standings.map((standing, at) => against(standing, counts[at] ?? 0, goals[at] ?? 2));
  const [small, large] = [standings[0]?.[0]?.cost ?? Number.NaN, standings[2]?.[0]?.cost ?? Number.NaN];
  const growth: BenchRow = {
    what: "route match: 10,000 routes beside 20",
    measured: `${time(small)} and ${time(large)}: ${times(large / small)}`,
    goal: `within ${mostGrowth} times`,
    isMet: large / small <= mostGrowth,
  };
  return { rows: [...rows, growth], curves: [curve] };
}

function against(standing: readonly Standing[], count: number, goal: number): BenchRow {
  const [ours, best] = [standing[0], peersOf(standing)[0]];
  const isRight = ours?.wrong === undefined;
  return {
    what: `route match, ${count.toLocaleString("en")} routes, beside the quickest right peer`,
    measured: isRight
      ? `${time(ours?.cost ?? Number.NaN)}; ${best?.name} ${times(best?.ratio ?? Number.NaN)}`
      : `ours is wrong: ${ours.wrong}`,
    goal: `at least ${goal}×`,
    isMet: isRight && (best?.ratio ?? 0) >= goal,
    allocated: ours?.allocated,
  };
}
