/** A built gateway with its backends, as processes of their own, gone when the figure is taken. */
import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { adminCall } from "./admin-call.ts";
import { buildBundle } from "./two-versions.ts";

export type Running = {
  readonly port: number;
  /** Resident memory of all workers, bytes. */
  readonly memory: () => Promise<number>;
  /** Runs a script beside this file and gives the first message that it sends. It ends with this process. */
  readonly started: (script: string, words: readonly string[]) => Promise<{ readonly child: ChildProcess; readonly told: unknown }>;
};
export type GatewayShape = {
  readonly workers: number;
  /** How many backends, and how long each lets a call wait, milliseconds. */
  readonly backends: number;
  readonly wait: number;
  /** One more, for `/big` alone, so that who is answered little does not wait in a backend that answers much. */
  readonly big?: true;
  readonly variables?: Readonly<Record<string, string>>;
};

export async function withGateway<Result>(
  { workers, backends, wait, big, variables = {} }: GatewayShape,
  use: (running: Running) => Promise<Result>,
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), "gwl-figure-"));
  const children: ChildProcess[] = [];
  const started: Running["started"] = async (script, words) => {
    const child = fork(join(import.meta.dirname, script), [...words]);
    children.push(child);
    const [told] = (await once(child, "message")) as [unknown];
    return { child, told };
  };
  try {
    const ports: number[] = [];
    for (let at = 0; at < backends; at++) ports.push(Number((await started("waiting-backend.ts", [String(wait)])).told));
    const targets = ports.map((port, at) => `"http://127.0.1.${at + 1}:${port}"`).join(", ");
    const bigPort = big && Number((await started("waiting-backend.ts", ["0", "low"])).told);
    const bundle = buildBundle(folder, "figure", source(targets) + (bigPort === undefined ? "" : bigSource(bigPort)));
    const socket = join(folder, "admin");
    const gateway = spawn(process.execPath, [join(bundle, "server.js")], {
      env: { WORKERS: String(workers), ADMIN_SOCKET: socket, PORT: "0", ...variables },
      stdio: ["ignore", "pipe", "inherit"],
    });
    children.push(gateway);
    const [chunk] = (await once(gateway.stdout, "data")) as [Buffer];
    gateway.stdout.resume();
    const { port } = JSON.parse(chunk.toString().split("\n")[0] ?? "") as { readonly port: number };
    const memory = async (): Promise<number> => {
      const pids = (await adminCall(socket, "GET", "/-/version")).body["workers"] as readonly { readonly pid: number }[];
      return pids.reduce((sum, { pid }) => sum + residentOf(pid), 0);
    };
    return await use({ port, memory, started });
  } finally {
    await Promise.all(children.toReversed().map(ended));
    rmSync(folder, { recursive: true, force: true });
  }
}

const source = (targets: string): string => `gwl 1

gateway figure {
  listen 0
  limits { header_timeout: 10s, body_timeout: 30s, idle_timeout: 30s }
}

backend slow = http { targets: [${targets}], timeout: 10m }

ANY "/{rest: Rest}" -> slow { public because "a figure" }
`;

const bigSource = (port: number): string => `
backend big = http { targets: ["http://127.0.1.1:${port}"] }

GET "/big" -> big { public because "a figure" }
`;

function residentOf(pid: number): number {
  const pages = Number(readFileSync(`/proc/${pid}/statm`, "utf8").split(" ")[1]);
  return pages * 4096;
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGTERM");
  setTimeout(() => child.kill("SIGKILL"), 15_000).unref();
  await gone;
}
