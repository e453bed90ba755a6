/** Judging bodies: ours, Ajv compiled in memory, and checks written by hand. */
import { standingOf } from "./contest/contest.ts";
import { hold } from "./contest/curve.ts";
import { type BenchResult, time, times } from "./row.ts";

const goal = 1;

export async function bodiesBench(): Promise<BenchResult> {
  const { curve, standings } = await hold({
    name: "bodies",
    title: "A body is judged",
    about: "An order with lines, parsed; one in four has a fault, mostly in its last line.",
    module: "bodies.ts",
    names: ["gwl", "Ajv in memory", "by hand"],
    sizes: [3, 30].map((lines) => ({ label: `${lines} lines`, setup: { lines } })),
  });
  const rows = standings.map((standing, at) => {
    const [ours, ratio] = [standing[0], standingOf(standing, "Ajv in memory")?.ratio ?? 0];
    const hand = standingOf(standing, "by hand")?.ratio ?? Number.NaN;
    return {
      what: `body validation, ${curve.sizes[at] ?? ""}, beside Ajv compiled in memory`,
      measured:
        ours?.wrong === undefined
          ? `${time(ours?.cost ?? Number.NaN)}; ${times(ratio)} (by hand ${times(hand)})`
          : `ours is wrong: ${ours.wrong}`,
      goal: `at least ${goal}×`,
      isMet: ours?.wrong === undefined && ratio >= goal,
      allocated: ours?.allocated,
    };
  });
  return { rows, curves: [curve] };
}
