/** A whole decision beside the same glued by hand. */
import { standingOf } from "./contest/contest.ts";
import { hold } from "./contest/curve.ts";
import { operationCount } from "./data/route-sets.ts";
import { type BenchResult, time, times } from "./row.ts";

const goal = 5;

export async function wholeBench(): Promise<BenchResult> {
  const { curve, standings } = await hold({
    name: "whole",
    title: "Request to decision",
    about:
      "GitHub's operations, 10,000 networks shut out, 1,000 rules, tokens of 50 callers. The glued one: memoirist, `net.BlockList`, fast-jwt with its cache, casl. Ours makes the canonical request, checks every field and plans the call to the backend as well.",
    module: "decisions.ts",
    names: ["gwl", "glued"],
    sizes: [
      { label: "20 routes, 10 networks, 10 rules", setup: { routes: 20, networks: 10, rules: 10 } },
      { label: "874 routes, 10,000 networks, 1,000 rules", setup: { routes: operationCount(), networks: 10_000, rules: 1000 } },
    ],
  });
  const [ours] = standings[1] ?? [];
  const ratio = standingOf(standings[1] ?? [], "glued")?.ratio ?? 0;
  const measured = ours?.wrong === undefined ? `${time(ours?.cost ?? Number.NaN)}; ${times(ratio)}` : `ours is wrong: ${ours.wrong}`;
  const row = {
    what: "whole decision, beside the same glued by hand",
    measured,
    goal: `at least ${goal}×`,
    isMet: ours?.wrong === undefined && ratio >= goal,
    allocated: ours?.allocated,
  };
  return { rows: [row], curves: [curve] };
}
