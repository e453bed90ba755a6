/** `npm run bench`: measures, prints and writes `test/bench/results.md`. Exit code 1 where a goal is missed. */
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { compileBench } from "./compile.bench.ts";
import { decisionBench } from "./decision.bench.ts";
import { type BenchRow, resultTable } from "./row.ts";
import { startBench } from "./start.bench.ts";

const BENCHES: readonly (readonly [name: string, run: () => Promise<readonly BenchRow[]> | readonly BenchRow[]])[] = [
  ["decisions", decisionBench],
  ["start", startBench],
  ["compiling", compileBench],
];

const rows: BenchRow[] = [];
for (const [name, run] of BENCHES) {
  process.stderr.write(`measuring ${name} …\n`);
  rows.push(...(await run()));
}
const machine = `Node ${process.versions.node}, ${cpus().length} cores, ${new Date().toISOString().slice(0, 10)}. Medians; other machines give other seconds, ratios hold.`;
const table = resultTable(rows);
writeFileSync(join(import.meta.dirname, "results.md"), `# Measured\n\nBy \`npm run bench\`. ${machine}\n\n${table}\n`);
console.log(`${table}\n\n${machine}`);
process.exitCode = rows.every((row) => row.isMet) ? 0 : 1;
