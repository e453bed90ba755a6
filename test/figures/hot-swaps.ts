/** The figure about hot swaps: two bundles take each other's place under a steady load. */
import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { adminCall } from "./admin-call.ts";
import { percentile } from "./percentile.ts";
import { steadyLoad } from "./steady-load.ts";
import { buildVersions, mixedUp, versions } from "./two-versions.ts";

export type SwapFigure = { readonly swaps: number; readonly seconds: number; readonly rate: number; readonly workers: number };
export type SwapOutcome = {
  readonly calls: number;
  readonly failures: Readonly<Record<string, number>>;
  /** Milliseconds. */
  readonly p99: number;
  readonly swapTimes: readonly number[];
  /** Answers by version: that both served. */
  readonly answers: Readonly<Record<string, number>>;
};

export async function hotSwaps({ swaps, seconds, rate, workers }: SwapFigure): Promise<SwapOutcome> {
  const folder = mkdtempSync(join(tmpdir(), "gwl-swaps-"));
  const started: ChildProcess[] = [];
  try {
    const bundles = buildVersions(folder);
    const backend = fork(join(import.meta.dirname, "echo-backend.ts"));
    started.push(backend);
    const [backendPort] = (await once(backend, "message")) as [number];
    const socket = join(folder, "admin");
    const gateway = spawn(process.execPath, [join(bundles.A, "server.js")], {
      env: { WORKERS: String(workers), ADMIN_SOCKET: socket, BACKEND: `http://127.0.0.1:${backendPort}` },
      stdio: ["ignore", "pipe", "inherit"],
    });
    started.push(gateway);
    const port = await listening(gateway);
    const answers: Record<string, number> = {};
    const load = steadyLoad({ port, path: "/x", rate, connections: 32 }, (answer) => {
      answers[answer.body] = (answers[answer.body] ?? 0) + 1;
      return mixedUp(answer);
    });
    const swapTimes = await swapping(
      socket,
      Array.from({ length: swaps }, (_, at) => bundles[versions[(at + 1) % 2] ?? "A"]),
      seconds,
    );
    const { calls, failures, times } = await load.stop();
    return { calls, failures: Object.fromEntries(failures), p99: percentile(times, 0.99), swapTimes, answers };
  } finally {
    await Promise.all(started.map(ended));
    rmSync(folder, { recursive: true, force: true });
  }
}

async function swapping(socket: string, bundles: readonly string[], seconds: number): Promise<readonly number[]> {
  const times: number[] = [];
  const begun = performance.now();
  for (const [at, bundle] of bundles.entries()) {
    await until(begun + ((at + 0.5) * seconds * 1000) / bundles.length);
    const asked = performance.now();
    const { status, body } = await adminCall(socket, "POST", "/-/swap", { bundle });
    if (status !== 200 || body["swapped"] !== true) throw new Error(`swap ${at + 1} was refused: ${JSON.stringify(body)}`);
    times.push(performance.now() - asked);
  }
  await until(begun + seconds * 1000);
  return times;
}

function until(time: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, time - performance.now())));
}

async function listening({ stdout }: ChildProcess): Promise<number> {
  if (stdout === null) throw new Error("the gateway has no output");
  const [chunk] = (await once(stdout, "data")) as [Buffer];
  stdout.resume();
  return (JSON.parse(chunk.toString().split("\n")[0] ?? "") as { readonly port: number }).port;
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGTERM");
  await gone;
}
