/**
 * `npm run proof`: the long run. A million pairs of program and request, the other equations and the damaged sources at proof
 * size, then the mutation check. The seed is printed; the same seed gives the same run (`GWL_SEED`).
 */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { runMutations } from "../mutation/run.ts";
import { mutationTable } from "../mutation/table.ts";

const ROOT = join(import.meta.dirname, "../..");
const SEED = process.env["GWL_SEED"] ?? String(Date.now() % 1_000_000_007);
const SIZES = { GWL_PAIRS: "1000000", GWL_PROGRAMS: "2000", GWL_SOURCES: "50000" } as const;

console.log(
  `seed ${SEED}; ${Object.entries(SIZES)
    .map(([name, size]) => `${name}=${process.env[name] ?? size}`)
    .join(" ")}`,
);
const started = performance.now();
const properties = await vitest(["test/properties", "test/access/iam", "test/access/sigv4"]);
console.log(`\nproperties ${properties === 0 ? "hold" : "FAIL"} after ${minutes()} min; seeding faults`);
const verdicts = await runMutations(2, [], ({ fault, noticedBy, seconds }, done, all) => {
  console.log(`${done}/${all} ${noticedBy ?? "NOT NOTICED"} after ${seconds.toFixed(0)} s: ${fault.what}`);
});
const unnoticed = verdicts.filter((verdict) => verdict.noticedBy === undefined);
console.log(`\n${mutationTable(verdicts)}\n`);
console.log(
  `properties ${properties === 0 ? "hold" : "FAIL"}, ${verdicts.length - unnoticed.length} of ${verdicts.length} faults noticed, ${minutes()} min`,
);
process.exitCode = properties === 0 && unnoticed.length === 0 ? 0 : 1;

function vitest(filters: readonly string[]): Promise<number> {
  const env = { ...SIZES, ...process.env, GWL_SEED: SEED };
  const child = spawn(process.execPath, [join(ROOT, "node_modules/vitest/vitest.mjs"), "run", ...filters], {
    cwd: ROOT,
    env,
    stdio: "inherit",
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? 1));
  });
}

function minutes(): string {
  return ((performance.now() - started) / 60_000).toFixed(1);
}
