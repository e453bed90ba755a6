/**
 * `npm run bench`: measures, prints and writes `test/bench/results.md` with a plot for each curve. Exit code 1 where a goal is missed.
 * `--only NAME` (again for more) prints without writing; `--compare REV` shows what changed since; `--json` is for `--compare`.
 */
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { benches } from "./benches.ts";
import { compare } from "./compare.ts";
import { whyMissed } from "./missed.ts";
import { plot } from "./plot.ts";
import { type BenchResult, type BenchRow, curveTable, resultTable } from "./row.ts";

const { values } = parseArgs({
  options: { only: { type: "string", multiple: true }, compare: { type: "string" }, json: { type: "boolean" } },
});
const only = values.only ?? [];
const unknown = only.find((name) => !benches.some((bench) => bench.name === name));
if (unknown !== undefined) {
  console.error(`there is no bench \`${unknown}\`; there are ${benches.map(({ name }) => name).join(", ")}`);
  process.exitCode = 2;
} else if (values.compare !== undefined) {
  console.log(compare(values.compare, only));
} else {
  const result = await measured();
  if (values.json === true) console.log(JSON.stringify(result));
  else told(result);
}

async function measured(): Promise<BenchResult> {
  const [rows, curves]: [BenchResult["rows"][number][], BenchResult["curves"][number][]] = [[], []];
  for (const { name, run } of benches) {
    if (only.length > 0 && !only.includes(name)) continue;
    process.stderr.write(`measuring ${name} …`);
    const started = performance.now();
    const result = await run();
    process.stderr.write(` ${((performance.now() - started) / 1000).toFixed(0)} s\n`);
    rows.push(...result.rows);
    curves.push(...result.curves);
  }
  return { rows, curves };
}

function told({ rows, curves }: BenchResult): void {
  const machine = `Node ${process.versions.node}, ${cpus().length} cores, ${new Date().toISOString().slice(0, 10)}. Medians of interleaved rounds; other machines give other times, ratios hold. How long gwl checks and builds 1,000 to 10,000 routes is that of the package as npm installs it, in its second process and later, as Node keeps compiled code.`;
  const missed = rows.filter((row) => !row.isMet);
  const parts = [
    "# Measured",
    `By \`npm run bench\`. ${machine}`,
    resultTable(rows),
    ...(missed.length === 0 ? [] : ["## Missed, and why", missed.map(missedLine).join("\n")]),
    ...curves.flatMap((curve) => [`## ${curve.title}`, curve.about, curveTable(curve), `![${curve.title}](${curve.name}.svg)`]),
  ];
  console.log(parts.join("\n\n"));
  process.exitCode = missed.length === 0 ? 0 : 1;
  if (only.length > 0) return;
  writeFileSync(join(import.meta.dirname, "results.md"), `${parts.join("\n\n")}\n`);
  for (const curve of curves) writeFileSync(join(import.meta.dirname, `${curve.name}.svg`), plot(curve));
}

function missedLine({ what, measured, goal, allocated }: BenchRow): string {
  const bytes = allocated === undefined ? "" : ` Ours allocates ${Math.round(allocated)} bytes a call.`;
  return `- ${what}: ${measured}, goal ${goal}. ${whyMissed(what)}${bytes}`;
}
