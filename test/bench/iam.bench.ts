/** What IAM documents cost: ours beside engines of policies, on the same statements. */
import { standingOf } from "./contest/contest.ts";
import { type Held, hold } from "./contest/curve.ts";
import { type BenchResult, type BenchRow, time, times } from "./row.ts";

const counts = [10, 100, 1000, 10_000] as const;
const overCedar = 1000;
const mostGrowth = 3;

export async function iamBench(): Promise<BenchResult> {
  const held = await hold({
    name: "iam",
    title: "Verdict of an IAM document",
    about:
      "Nine of ten statements allow a role to read below one service from one network, one denies a secret. Half of the calls are allowed.",
    module: "iam.ts",
    names: ["gwl", "cedar-wasm", "casbin"],
    sizes: counts.map((statements) => ({
      label: `${statements.toLocaleString("en")} statements`,
      setup: { statements },
      without: statements > 1000 ? ["cedar-wasm", "casbin"] : [],
    })),
  });
  return { rows: [beside(held, "cedar-wasm", overCedar), beside(held, "casbin", overCedar), growth(held)], curves: [held.curve] };
}

function beside({ standings }: Held, peer: string, goal: number): BenchRow {
  const standing = standings[2] ?? [];
  const [ours, ratio] = [standing[0], standingOf(standing, peer)?.ratio ?? 0];
  return {
    what: `verdict of an IAM document, 1,000 statements, beside ${peer}`,
    measured: `${time(ours?.cost ?? Number.NaN)}; ${times(ratio)}`,
    goal: `at least ${goal.toLocaleString("en")}×`,
    isMet: ours?.wrong === undefined && ratio >= goal,
  };
}

function growth({ standings }: Held): BenchRow {
  const [small, large] = [standings[0]?.[0]?.cost ?? Number.NaN, standings[3]?.[0]?.cost ?? Number.NaN];
  return {
    what: "verdict of an IAM document, 10,000 statements beside 10",
    measured: `${time(small)} and ${time(large)}: ${times(large / small)}`,
    goal: `within ${mostGrowth} times`,
    isMet: large / small <= mostGrowth,
  };
}
