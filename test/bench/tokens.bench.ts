/** Tokens that were seen before and tokens that were not. */
import { standingOf } from "./contest/contest.ts";
import { hold } from "./contest/curve.ts";
import { type BenchResult, type BenchRow, time, times } from "./row.ts";

const overCache = 5;
const overBare = 1.05;

export async function tokensBench(): Promise<BenchResult> {
  const { curve, standings } = await hold({
    name: "tokens",
    title: "A token is checked",
    about: "RS256, 2,048 bits, tokens of 50 callers in fresh strings. Seen: its signature was good before. The bare call reads no claim.",
    module: "tokens.ts",
    names: ["gwl, seen", "gwl, new", "fast-jwt, cached", "fast-jwt, new", "bare crypto.verify"],
    sizes: [{ label: "50 tokens", setup: { tokens: 50 } }],
  });
  const [all = []] = standings;
  const [seen, fresh, bare] = ["gwl, seen", "gwl, new", "bare crypto.verify"].map((name) => standingOf(all, name)?.cost ?? Number.NaN);
  const cached = standingOf(all, "fast-jwt, cached")?.ratio ?? 0;
  const toBare = (fresh ?? Number.NaN) / (bare ?? Number.NaN);
  const rows: readonly BenchRow[] = [
    {
      what: "token seen before, beside fast-jwt with its cache",
      measured: `${time(seen ?? 0)}; ${times(cached)}`,
      goal: `at least ${overCache}×`,
      isMet: cached >= overCache,
    },
    {
      what: "token not seen before, beside the bare call of node:crypto",
      measured: `${time(fresh ?? 0)} and ${time(bare ?? 0)}: ${toBare.toFixed(2)} times`,
      goal: `within ${overBare} times`,
      isMet: toBare <= overBare,
    },
  ];
  return { rows, curves: [curve] };
}
