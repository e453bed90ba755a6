/** Running commands and taking medians. Whole processes, measured from outside and by their own account of memory. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

export type ProcessRun = { readonly seconds: number; readonly megabytes: number };

const PROBE = pathToFileURL(join(import.meta.dirname, "memory-probe.js")).href;
export const GWL = join(import.meta.dirname, "../../compiler/cli/bin.js");

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const high = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? high : ((sorted[middle - 1] ?? Number.NaN) + high) / 2;
}

/** Runs the launcher `gwl` with `words` `times` times, each in a process of its own; medians. */
export function runGwl(gwl: string, words: readonly string[], times: number): ProcessRun {
  const runs = Array.from({ length: times }, () => once([gwl, ...words]));
  return { seconds: median(runs.map((run) => run.seconds)), megabytes: median(runs.map((run) => run.megabytes)) };
}

function once(words: readonly string[]): ProcessRun {
  const folder = mkdtempSync(join(tmpdir(), "gwl-bench-"));
  const file = join(folder, "memory");
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, ["--import", PROBE, ...words], {
    env: { ...process.env, GWL_MEMORY_FILE: file },
    encoding: "utf8",
  });
  const seconds = (performance.now() - started) / 1000;
  if (status !== 0) throw new Error(`gwl ${words.slice(1).join(" ")} ended with ${status}: ${stderr}`);
  const megabytes = Number(readFileSync(file, "utf8")) / 1024;
  rmSync(folder, { recursive: true, force: true });
  return { seconds, megabytes };
}
