/** `npm run bench -- --compare REV`: the same benches in a checkout of REV and here, in turn, and what became of our own figures. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { median } from "./measure.ts";
import { type BenchResult, time, times } from "./row.ts";

const turns = 3;
const here = join(import.meta.dirname, "../..");

export function compare(revision: string, only: readonly string[]): string {
  const there = mkdtempSync(join(tmpdir(), "gwl-compare-"));
  try {
    execFileSync("git", ["-C", here, "worktree", "add", "--detach", "--force", there, revision], { stdio: "ignore" });
    if (!existsSync(join(there, "test/bench/compare.ts"))) return `${revision} has no bench that can be compared: it came later`;
    symlinkSync(join(here, "node_modules"), join(there, "node_modules"));
    const [before, after]: [BenchResult[], BenchResult[]] = [[], []];
    for (let turn = 0; turn < turns; turn++) {
      process.stderr.write(`turn ${turn + 1} of ${turns} …\n`);
      before.push(measured(there, only));
      after.push(measured(here, only));
    }
    return compared(revision, before.map(ourCosts), after.map(ourCosts));
  } finally {
    rmSync(there, { recursive: true, force: true });
    execFileSync("git", ["-C", here, "worktree", "prune"]);
  }
}

function measured(folder: string, only: readonly string[]): BenchResult {
  const words = ["test/bench/main.ts", "--json", ...only.flatMap((name) => ["--only", name])];
  const text = execFileSync(process.execPath, words, {
    cwd: folder,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
    maxBuffer: 1e8,
  });
  return JSON.parse(text) as BenchResult;
}

/** Of each curve and size. */
function ourCosts({ curves }: BenchResult): ReadonlyMap<string, number> {
  const ours = curves.flatMap(({ title, sizes, series }) =>
    sizes.flatMap((size, at) => {
      const cost = series[0]?.points[at]?.cost;
      return cost === undefined ? [] : [[`${title}, ${size}`, cost] as const];
    }),
  );
  return new Map(ours);
}

function compared(revision: string, before: readonly ReadonlyMap<string, number>[], after: readonly ReadonlyMap<string, number>[]): string {
  const lines = [...(after[0]?.keys() ?? [])].map((what) => {
    const [old, now] = [before, after].map((all) => median(all.flatMap((one) => one.get(what) ?? [])));
    if (old === undefined || now === undefined || Number.isNaN(old)) return `| ${what} | | ${time(now ?? Number.NaN)} | new |`;
    return `| ${what} | ${time(old)} | ${time(now)} | ${times(now / old)} |`;
  });
  return [`| what | ${revision} | here | |`, "|---|---:|---:|---:|", ...lines].join("\n");
}
