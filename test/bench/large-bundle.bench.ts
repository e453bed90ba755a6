/** A gateway of 10,000 routes, 10,000 rules and 1,000,000 IPv4 prefixes: how long it compiles, how large its bundle is, how soon it answers. */
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { prefixList } from "./data/prefix-lists.ts";
import { largeGateway } from "./large-gateway.ts";
import { GWL, median, runGwl } from "./measure.ts";
import type { BenchRow } from "./row.ts";
import { firstAnswer } from "./start.bench.ts";

const prefixes = 1_000_000;
const lists = 10;
const starts = 5;
/** The host's own health: the gateway has no open route. */
const own = "/-/health";
const key = "k".repeat(64);
const what = "10,000 routes, 10,000 rules, 1,000,000 prefixes";

export async function largeBundleBench(): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), "gwl-large-bench-"));
  try {
    writeProject(folder);
    const out = join(folder, "out");
    const { seconds, megabytes } = runGwl(GWL, ["build", folder, "--out", out], 1);
    const size = (...files: readonly string[]): number => files.reduce((sum, file) => sum + statSync(join(out, file)).size, 0) / 1e6;
    const [code, tables] = [size("handler.js", "worker.js", "shared.js"), size("tables.bin")];
    const cold = await answers(join(out, "server.js"), {});
    const cache = { NODE_COMPILE_CACHE: join(folder, "cache") };
    await answers(join(out, "server.js"), cache);
    const warm = await answers(join(out, "server.js"), cache);
    return [
      row(
        `build: ${what}`,
        `${seconds.toFixed(1)} s, ${megabytes.toFixed(0)} MB`,
        "under 30 s, 2,000 MB",
        seconds < 30 && megabytes < 2000,
      ),
      row(
        `bundle: ${what}`,
        `code ${code.toFixed(2)} MB, tables ${tables.toFixed(1)} MB`,
        "code under 2 MB, tables under 16 MB",
        code < 2 && tables < 16,
      ),
      row(
        `start to the first answer: ${what}`,
        `${cold.toFixed(0)} ms; ${warm.toFixed(0)} ms with \`NODE_COMPILE_CACHE\``,
        "under 400 ms",
        Math.min(cold, warm) < 400,
      ),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function answers(server: string, environment: Readonly<Record<string, string>>): Promise<number> {
  const times: number[] = [];
  for (let start = 0; start < starts; start++) times.push(await firstAnswer(server, own, { KEY: key, ...environment }));
  return median(times);
}

/** The lists of the made gateway are replaced by the real or made prefixes, dealt to them in turn. */
function writeProject(folder: string): void {
  const { files } = largeGateway({ routes: 10_000, policies: 50, rules: 10_000, networks: lists });
  const all = prefixList("ipv4", prefixes).prefixes;
  const dealt = Object.fromEntries(
    Array.from({ length: lists }, (_, list) => [`lists/list${list}.txt`, `${all.filter((__, at) => at % lists === list).join("\n")}\n`]),
  );
  for (const [path, text] of Object.entries({ ...files, ...dealt })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

function row(about: string, measured: string, goal: string, isMet: boolean): BenchRow {
  return { what: about, measured, goal, isMet };
}
