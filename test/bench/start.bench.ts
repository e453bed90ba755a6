/** From starting the shop's bundle as a process to its first answer, beside a bare `node:http` server started the same way. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GWL, median } from "./measure.ts";
import type { BenchRow } from "./row.ts";

const ROUNDS = 15;
const SHOP = join(import.meta.dirname, "../../examples/shop");
const BARE = `require("node:http").createServer((request, response) => response.end("ok")).listen(Number(process.env.PORT));\n`;

export async function startBench(): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), "gwl-start-bench-"));
  try {
    const built = spawnSync(process.execPath, [GWL, "build", SHOP, "--out", join(folder, "shop")], { encoding: "utf8" });
    if (built.status !== 0) throw new Error(built.stderr);
    writeFileSync(join(folder, "bare.cjs"), BARE);
    const times: Record<"shop" | "bare", number[]> = { shop: [], bare: [] };
    for (let round = 0; round < ROUNDS; round++) {
      times.shop.push(await firstAnswer(join(folder, "shop/server.js")));
      times.bare.push(await firstAnswer(join(folder, "bare.cjs")));
    }
    const [shop, bare] = [median(times.shop), median(times.bare)];
    const measured = `${shop.toFixed(0)} ms (bare node:http: ${bare.toFixed(0)} ms)`;
    return [{ what: "start of the shop's bundle to its first answer, one process", measured, goal: "under 150 ms", isMet: shop < 150 }];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Milliseconds from the start of the process to 200 for `path`. */
export async function firstAnswer(script: string, path = "/health", environment: Readonly<Record<string, string>> = {}): Promise<number> {
  const port = await freePort();
  const env = {
    ...process.env,
    WORKERS: "0",
    PORT: String(port),
    STAGE: "dev",
    LISTS: join(import.meta.dirname, "../../examples/shop"),
    WAREHOUSE_KEY: "w".repeat(48),
    ...environment,
  };
  const started = performance.now();
  const child = spawn(process.execPath, [script], { env, stdio: "ignore" });
  try {
    while (!(await answers(port, path))) {
      if (child.exitCode !== null) throw new Error(`${script} ended with ${child.exitCode}`);
      if (performance.now() - started > 10_000) throw new Error(`${script} does not answer`);
    }
    return performance.now() - started;
  } finally {
    await stopped(child);
  }
}

function answers(port: number, path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get({ host: "127.0.0.1", port, path, headers: { host: "localhost" }, agent: false }, (response) => {
      response.resume();
      response.once("end", () => resolve(response.statusCode === 200));
    });
    request.once("error", () => setTimeout(() => resolve(false), 1));
  });
}

function stopped(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null) return resolve();
    child.once("exit", () => resolve());
    child.kill("SIGKILL");
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
