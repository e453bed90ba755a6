/** What rules cost: ours, engines of policies, and libraries of closures. */
import { standingOf } from "./contest/contest.ts";
import { type Held, hold } from "./contest/curve.ts";
import { type BenchResult, type BenchRow, time, times } from "./row.ts";

const counts = [10, 1000, 10_000] as const;
const overCedar = 10_000;
const overCasl = 10;
const mostGrowth = 2;

export async function policiesBench(): Promise<BenchResult> {
  const spread = await rules(false);
  const one = await rules(true);
  return {
    rows: [
      beside("cedar-wasm", overCedar, spread, "spread"),
      beside("casl", overCasl, spread, "spread"),
      beside("casl", overCasl, one, "on one route"),
      growth(spread, "spread"),
      growth(one, "on one route"),
    ],
    curves: [spread.curve, one.curve],
  };
}

function rules(oneRoute: boolean): Promise<Held> {
  return hold({
    name: oneRoute ? "policies-one-route" : "policies-spread",
    title: oneRoute ? "Policy decision, all rules on one route" : "Policy decision, ten rules a route",
    about: "Each rule lets one group call one route. A caller has five groups. Half of the calls are allowed.",
    module: "policies.ts",
    names: ["gwl", "cedar-wasm", "casbin", "casl", "json-logic"],
    sizes: counts.map((count) => ({
      label: `${count.toLocaleString("en")} rules`,
      setup: { rules: count, oneRoute },
      without: count > 1000 ? ["cedar-wasm", "casbin"] : [],
    })),
  });
}

function beside(peer: string, goal: number, { standings }: Held, how: string): BenchRow {
  const standing = standings[1] ?? [];
  const [ours, ratio] = [standing[0], standingOf(standing, peer)?.ratio ?? 0];
  return {
    what: `policy decision, 1,000 rules ${how}, beside ${peer}`,
    measured: `${time(ours?.cost ?? Number.NaN)}; ${times(ratio)}`,
    goal: `at least ${goal.toLocaleString("en")}×`,
    isMet: ours?.wrong === undefined && ratio >= goal,
    allocated: ours?.allocated,
  };
}

function growth({ standings }: Held, how: string): BenchRow {
  const [small, large] = [standings[0]?.[0]?.cost ?? Number.NaN, standings[2]?.[0]?.cost ?? Number.NaN];
  return {
    what: `policy decision, 10,000 rules ${how} beside 10`,
    measured: `${time(small)} and ${time(large)}: ${times(large / small)}`,
    goal: `within ${mostGrowth} times`,
    isMet: large / small <= mostGrowth,
  };
}
