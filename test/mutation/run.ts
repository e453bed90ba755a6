/**
 * The mutation check: seeds one small fault after another into copies of the project and runs the suite against each. The
 * suite must pass without a fault and fail with one. Bounded: every run ends by its time limit; the copies lie in the
 * system's temporary folder.
 */
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Fault } from "./fault.ts";
import { FAULTS } from "./faults.ts";

const ROOT = join(import.meta.dirname, "../..");
const FOLDERS = ["grammar", "compiler", "runtime", "editor", "examples", "test", "scripts", "docs"];
const FILES = ["package.json", "tsconfig.json", "vitest.config.ts", "README.md"];
const LIMIT = 10 * 60_000;

/** Tried in turn; the first that fails has noticed the fault. The quick and sharp ones come first. */
const SUITES: readonly (readonly [name: string, filters: readonly string[]])[] = [
  ["agreement", ["test/properties/agreement"]],
  [
    "cases",
    ["test/emit", "test/lower", "test/kernel-tables", "test/runtime/kernel", "test/runtime/access", "test/program-checks", "test/access"],
  ],
  ["whole suite", []],
];

export type Verdict = { readonly fault: Fault; readonly noticedBy: string | undefined; readonly seconds: number };
export type Report = (verdict: Verdict, done: number, all: number) => void;

/** `copies` faults are tried at a time, each in a copy of its own. `named`: only those of which the words or the file have one of these in them. */
export async function runMutations(copies: number, named: readonly string[], report: Report): Promise<readonly Verdict[]> {
  const verdicts: Verdict[] = [];
  const chosen =
    named.length === 0 ? FAULTS : FAULTS.filter(({ what, file }) => named.some((part) => what.includes(part) || file.includes(part)));
  const waiting = [...chosen];
  const healthy = [...new Set(chosen.flatMap(({ tests = ["test/properties/agreement"] }) => tests))];
  const worker = async (): Promise<void> => {
    const copy = copyOfProject();
    try {
      if (await fails(copy, healthy)) throw new Error("the suite fails without any fault");
      for (let fault = waiting.shift(); fault !== undefined; fault = waiting.shift()) {
        const verdict = await tryFault(fault, copy);
        verdicts.push(verdict);
        report(verdict, verdicts.length, chosen.length);
      }
    } finally {
      rmSync(copy, { recursive: true, force: true });
    }
  };
  await Promise.all(Array.from({ length: copies }, worker));
  return [...verdicts].sort((a, b) => FAULTS.indexOf(a.fault) - FAULTS.indexOf(b.fault));
}

function copyOfProject(): string {
  const copy = mkdtempSync(join(tmpdir(), "gwl-mutation-"));
  for (const folder of FOLDERS) cpSync(join(ROOT, folder), join(copy, folder), { recursive: true });
  for (const file of FILES) cpSync(join(ROOT, file), join(copy, file));
  symlinkSync(join(ROOT, "node_modules"), join(copy, "node_modules"));
  return copy;
}

async function tryFault(fault: Fault, copy: string): Promise<Verdict> {
  const path = join(copy, fault.file);
  const whole = readFileSync(path, "utf8");
  const parts = whole.split(fault.from);
  if (parts.length !== 2) throw new Error(`the fault "${fault.what}" fits ${parts.length - 1} places in ${fault.file}, not one`);
  writeFileSync(path, parts.join(fault.to));
  const started = performance.now();
  try {
    return { fault, noticedBy: await noticedBy(copy, fault), seconds: (performance.now() - started) / 1000 };
  } finally {
    writeFileSync(path, whole);
  }
}

async function noticedBy(copy: string, { tests }: Fault): Promise<string | undefined> {
  if (tests !== undefined && (await fails(copy, tests))) return tests.map((path) => path.replace("test/", "")).join(", ");
  for (const [name, filters] of SUITES) if (await fails(copy, filters)) return name;
  return undefined;
}

/** A run that hangs has failed, too. */
function fails(cwd: string, filters: readonly string[]): Promise<boolean> {
  const vitest = join(ROOT, "node_modules/vitest/vitest.mjs");
  const env = { ...process.env, GWL_PAIRS: "3000", GWL_SHRINK: "no", CI: "true" };
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [vitest, "run", "--root", cwd, "--bail", "1", ...filters], { cwd, env, stdio: "ignore" });
    const timer = setTimeout(() => child.kill("SIGKILL"), LIMIT);
    child.once("error", reject);
    child.once("exit", (code) => {
      clearTimeout(timer);
      resolve(code !== 0);
    });
  });
}
