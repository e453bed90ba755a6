/** How long the compiler takes, as a cold process, and how that grows: the one that users have, packed and installed by npm. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { installPackage } from "../harness/installed-package.ts";
import { largeGateway, type Size } from "./large-gateway.ts";
import { type ProcessRun, runGwl } from "./measure.ts";
import type { BenchRow } from "./row.ts";

const USUAL: Size = { routes: 1000, policies: 50, rules: 1000, networks: 10_000 };
const GROWTH = [1250, 2500, 5000, 10_000] as const;

export function compileBench(): readonly BenchRow[] {
  const folder = mkdtempSync(join(tmpdir(), "gwl-compile-bench-"));
  const installed = installPackage();
  const measured = (size: Size, command: "build" | "check", times: number): ProcessRun =>
    runGwl(installed.bin, words(folder, size, command), times);
  try {
    const build = measured(USUAL, "build", 3);
    const check = measured(USUAL, "check", 3);
    const growth = GROWTH.map((routes) => ({ routes, run: measured({ ...USUAL, routes, rules: routes }, "build", 1) }));
    return [
      row(
        "build: 1,000 routes, 50 policies, 10,000 networks, cold process",
        `${build.seconds.toFixed(2)} s, ${build.megabytes.toFixed(0)} MB`,
        "under 5 s, 600 MB",
        build.seconds < 5 && build.megabytes < 600,
      ),
      row("check alone, the same", `${check.seconds.toFixed(2)} s, ${check.megabytes.toFixed(0)} MB`, "under 1 s", check.seconds < 1),
      growthRow(growth, build),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
    installed.remove();
  }
}

/** From the smallest size to the largest, what the machine needs beyond its start may grow by n log n. */
function growthRow(growth: readonly { readonly routes: number; readonly run: ProcessRun }[], { seconds }: ProcessRun): BenchRow {
  const [first, last] = [growth[0], growth.at(-1)];
  if (first === undefined || last === undefined) throw new Error("growth was not measured");
  const work = (routes: number): number => routes * Math.log2(routes);
  const allowed = work(last.routes) / work(first.routes);
  const actual = last.run.seconds / first.run.seconds;
  const curve = [{ routes: 1000, seconds }, ...growth.map(({ routes, run }) => ({ routes, seconds: run.seconds }))];
  const shown = curve.map((point) => `${point.routes}: ${point.seconds.toFixed(2)} s`).join(", ");
  return row(
    "build grows with the routes",
    `${shown}; ${first.routes} to ${last.routes}: ${actual.toFixed(1)} times`,
    `at most n log n: ${allowed.toFixed(1)} times`,
    actual <= allowed,
  );
}

/** Writes the gateway; what to say to `gwl` about it. */
function words(folder: string, size: Size, command: "build" | "check"): readonly string[] {
  const project = join(folder, `${size.routes}`);
  for (const [path, text] of Object.entries(largeGateway(size).files)) {
    mkdirSync(dirname(join(project, path)), { recursive: true });
    writeFileSync(join(project, path), text);
  }
  const out = command === "build" ? ["--out", join(project, "out")] : [];
  return [command, project, ...out];
}

function row(what: string, value: string, goal: string, isMet: boolean): BenchRow {
  return { what, measured: value, goal, isMet };
}
