/**
 * The mutation check: seeds one small fault after another into a copy of the project and runs the suite against it. The
 * suite must fail each time. Bounded: every run ends by its time limit; the copy lies in the system's temporary folder.
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Fault } from "./fault.ts";
import { FAULTS } from "./faults.ts";

const ROOT = join(import.meta.dirname, "../..");
const COPIED = ["grammar", "compiler", "runtime", "examples", "test", "scripts", "docs", "package.json", "tsconfig.json", "vitest.config.ts"];
const LIMIT = 10 * 60_000;

/** Tried in turn; the first that fails has noticed the fault. The quick and sharp ones come first. */
const SUITES: readonly (readonly [name: string, filters: readonly string[]])[] = [
  ["agreement", ["test/properties/agreement"]],
  ["unit", ["--project", "fast"]],
  ["all", []],
];

export type Verdict = { readonly fault: Fault; readonly noticedBy: string | undefined; readonly seconds: number };

export function runMutations(report: (verdict: Verdict, done: number, all: number) => void): readonly Verdict[] {
  const copy = mkdtempSync(join(tmpdir(), "gwl-mutation-"));
  try {
    for (const entry of COPIED) cpSync(join(ROOT, entry), join(copy, entry), { recursive: true });
    symlinkSync(join(ROOT, "node_modules"), join(copy, "node_modules"));
    return FAULTS.map((fault, index) => {
      const verdict = tryFault(fault, copy);
      report(verdict, index + 1, FAULTS.length);
      return verdict;
    });
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function tryFault(fault: Fault, copy: string): Verdict {
  const path = join(copy, fault.file);
  const whole = readFileSync(path, "utf8");
  const parts = whole.split(fault.from);
  if (parts.length !== 2) throw new Error(`the fault "${fault.what}" fits ${parts.length - 1} places in ${fault.file}, not one`);
  writeFileSync(path, parts.join(fault.to));
  const started = performance.now();
  try {
    const noticed = SUITES.find(([, filters]) => fails(copy, filters));
    return { fault, noticedBy: noticed?.[0], seconds: (performance.now() - started) / 1000 };
  } finally {
    writeFileSync(path, whole);
  }
}

function fails(cwd: string, filters: readonly string[]): boolean {
  const vitest = join(cwd, "node_modules/vitest/vitest.mjs");
  const env = { ...process.env, GWL_PAIRS: "4000", CI: "true" };
  const { status, error } = spawnSync(process.execPath, [vitest, "run", "--bail", "1", ...filters], { cwd, env, stdio: "ignore", timeout: LIMIT });
  if (error !== undefined && !("code" in error && error.code === "ETIMEDOUT")) throw error;
  return status !== 0;
}
