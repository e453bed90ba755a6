/** Real `redis-server` processes on free ports, alone, as a cluster, and watched by sentinels. Ended by their own handles. Promises: nothing is written outside a folder of their own. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { debianPrograms } from "../../editor/workbench/install.ts";

export type RedisServer = {
  readonly port: number;
  readonly url: string;
  /** At once, as if the machine were gone. */
  readonly kill: () => Promise<void>;
  /** The same port again, with nothing in it. */
  readonly start: () => Promise<void>;
  /** Holds it without ending it: it takes connections and answers nothing. */
  readonly freeze: () => void;
  readonly cli: (...words: string[]) => string;
};

const running = new Set<ChildProcess>();
const folders: string[] = [];

export function installRedis(): Promise<void> {
  return debianPrograms({ "redis-server": "redis-server", "redis-sentinel": "redis-sentinel" });
}

export async function redisServer(settings: readonly string[] = [], port?: number): Promise<RedisServer> {
  const at = port ?? (await freePort());
  const folder = ownFolder();
  const words = ["--port", String(at), "--bind", "127.0.0.1", "--dir", folder, "--save", "", "--appendonly", "no", ...settings];
  let child = spawn("redis-server", words, { stdio: "ignore" });
  running.add(child);
  const cli = (...given: string[]): string => execFileSync("redis-cli", ["-p", String(at), ...given], { encoding: "utf8" }).trim();
  const kill = async (): Promise<void> => {
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await gone;
    running.delete(child);
  };
  const start = async (): Promise<void> => {
    child = spawn("redis-server", words, { stdio: "ignore" });
    running.add(child);
    await answering(cli);
  };
  await answering(cli);
  return { port: at, url: `redis://127.0.0.1:${at}`, kill, start, freeze: () => void child.kill("SIGSTOP"), cli };
}

/** Three masters, without replicas, that hold all slots. */
export async function redisCluster(): Promise<readonly RedisServer[]> {
  const settings = ["--cluster-enabled", "yes", "--cluster-node-timeout", "1000", "--cluster-require-full-coverage", "no"];
  // A node's bus listens 10,000 ports above, which must be ports as well.
  const servers = await Promise.all([1, 2, 3].map(async () => redisServer(settings, await freePort(55_000))));
  const nodes = servers.map(({ port }) => `127.0.0.1:${port}`);
  execFileSync("redis-cli", ["--cluster", "create", ...nodes, "--cluster-yes"], { encoding: "utf8" });
  await until(() => servers.every(({ cli }) => cli("cluster", "info").includes("cluster_state:ok")));
  return servers;
}

/** A master, a replica and three sentinels that call it `shop`. */
export async function redisSentinels(): Promise<{
  readonly master: RedisServer;
  readonly replica: RedisServer;
  readonly urls: readonly string[];
}> {
  const master = await redisServer();
  const replica = await redisServer(["--replicaof", `127.0.0.1 ${master.port}`]);
  const urls = await Promise.all([1, 2, 3].map(() => sentinel(master.port)));
  await until(() => replica.cli("info", "replication").includes("master_link_status:up"));
  return { master, replica, urls };
}

async function sentinel(master: number): Promise<string> {
  const port = await freePort();
  const folder = ownFolder();
  const file = join(folder, "sentinel.conf");
  const lines = [
    `port ${port}`,
    "bind 127.0.0.1",
    `dir ${folder}`,
    `sentinel monitor shop 127.0.0.1 ${master} 2`,
    "sentinel down-after-milliseconds shop 500",
    "sentinel failover-timeout shop 2000",
  ];
  writeFileSync(file, `${lines.join("\n")}\n`);
  running.add(spawn("redis-sentinel", [file], { stdio: "ignore" }));
  const cli = (...given: string[]): string => execFileSync("redis-cli", ["-p", String(port), ...given], { encoding: "utf8" }).trim();
  await answering(cli);
  await until(() => cli("sentinel", "ckquorum", "shop").startsWith("OK") && cli("sentinel", "replicas", "shop") !== "");
  return `redis://127.0.0.1:${port}`;
}

/** Ends all of them. */
export async function endRedis(): Promise<void> {
  const gone = [...running].map(
    (child) => new Promise((resolve) => (child.exitCode === null && child.signalCode === null ? child.once("exit", resolve) : resolve(0))),
  );
  for (const child of running) child.kill("SIGKILL");
  await Promise.all(gone);
  running.clear();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

function ownFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "gwl-redis-"));
  folders.push(folder);
  return folder;
}

async function answering(cli: (...words: string[]) => string): Promise<void> {
  await until(() => cli("ping") === "PONG");
}

export async function until(isSo: () => boolean, milliseconds = 20_000): Promise<void> {
  const end = Date.now() + milliseconds;
  for (;;) {
    try {
      if (isSo()) return;
    } catch {
      // Not yet.
    }
    if (Date.now() > end) throw new Error("it did not come to be");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function freePort(below = 65_000): Promise<number> {
  for (;;) {
    const port = await new Promise<number>((resolve, reject) => {
      const server = createServer().on("error", reject);
      server.listen(0, "127.0.0.1", () => {
        const address = server.address();
        server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
      });
    });
    if (port < below) return port;
  }
}
