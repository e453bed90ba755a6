/**
 * `server.js`: a gateway on all cores behind one port, each worker a process of its own that shares nothing with the others. Promises: it serves, or says in
 * plain lines why not and exits as a worker would; on SIGTERM and SIGINT calls in flight end first; on SIGHUP a new bundle takes over.
 */
import { mkdtempSync, rmSync, stat } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { announce } from "../announce.ts";
import { relayFigures } from "../observe/relay-figures.ts";
import { type Admin, openAdminDoor } from "./admin-door.ts";
import { type BundleStore, bundleStore } from "./bundle-store.ts";
import type { Surroundings } from "./generation.ts";
import { type ProcessSettings, readProcessSettings } from "./process-settings.ts";
import { relayChanges } from "./relay-changes.ts";
import { shareTicketKeys } from "./share-ticket-keys.ts";
import { type Supervisor, supervisorOf } from "./supervisor.ts";

/** `alone`: serves in this process. */
export type ServerFiles = { readonly folder: URL; readonly alone: () => Promise<unknown> };

const badConfiguration = 78;
const cannotListen = 1;

export async function runServer({ folder, alone }: ServerFiles): Promise<void> {
  const read = readProcessSettings(process.env);
  if (!read.ok) return refuse(read.problems, badConfiguration);
  if (read.settings.workers === 0) return void (await alone());
  const store = openStore(read.settings);
  if (!store.ok) return refuse([store.problem], badConfiguration);
  const surroundings: Surroundings = {
    out: (lines) => void process.stdout.write(lines),
    err: (lines) => void process.stderr.write(lines),
    tell: (event) => void process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), ...event })}\n`),
  };
  // Any free port, but the same for all workers, those that come later too.
  if (process.env["PORT"] === "0") process.env["PORT"] = String(await freePort());
  await supervise(fileURLToPath(folder), read.settings, store.store, surroundings);
}

async function supervise(folder: string, settings: ProcessSettings, store: BundleStore, surroundings: Surroundings): Promise<void> {
  const supervisor = supervisorOf(store, settings.workers, surroundings, ({ gateway, doors }) => {
    announce(gateway, doors);
  });
  relayFigures();
  relayChanges();
  shareTicketKeys();
  stopOnSignals(supervisor);
  try {
    if (settings.adminSocket !== undefined)
      await openAdmin(settings.adminSocket, {
        version: supervisor.version,
        swap: (other = folder) => supervisor.swap(other),
        readLists: supervisor.readLists,
      });
  } catch (error) {
    return refuse([`cannot listen: ${error instanceof Error ? error.message : String(error)}`], cannotListen);
  }
  // Before the bundle is read: one that takes its place meanwhile is another.
  const first = await changedAt(folder);
  const problem = await supervisor.start(folder);
  if (problem !== undefined) return refuse(problem.problems, problem.code);
  swapWhenAsked(supervisor, folder, settings, first);
}

function openStore({
  keptIn,
}: ProcessSettings): { readonly ok: true; readonly store: BundleStore } | { readonly ok: false; readonly problem: string } {
  try {
    const root = keptIn ?? mkdtempSync(join(tmpdir(), "gateway-"));
    if (keptIn === undefined) process.once("exit", () => rmSync(root, { recursive: true, force: true }));
    return { ok: true, store: bundleStore(root) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return {
      ok: false,
      problem: `the bundle cannot be kept: ${why}; set \`KEEP_BUNDLES_IN\` to a folder that can be written, or \`WORKERS\` to 0`,
    };
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

function refuse(problems: readonly string[], code: number): void {
  for (const problem of problems) process.stderr.write(`cannot start: ${problem}\n`);
  process.exit(code);
}

async function openAdmin(path: string, admin: Admin): Promise<void> {
  await openAdminDoor(path, admin);
  process.once("exit", () => rmSync(path, { force: true }));
}

/** Milliseconds between two looks at the manifest: a bundle takes its folder's place at once, so its manifest is its last file. */
const interval = 500;

/** `first`: when the manifest that was started from had changed. */
function swapWhenAsked(supervisor: Supervisor, folder: string, { isWatching }: ProcessSettings, first: number): void {
  const look = (): void => void supervisor.swap(folder);
  // The end of the terminal that it was started from is no wish for another bundle.
  if (!process.stdout.isTTY) process.on("SIGHUP", look);
  if (!isWatching) return;
  let seen = first;
  const watch = async (): Promise<void> => {
    const changed = await changedAt(folder);
    if (changed > 0 && changed !== seen) {
      seen = changed;
      look();
    }
    setTimeout(() => void watch(), interval);
  };
  void watch();
}

/** Of its manifest, in milliseconds; 0: there is none. */
function changedAt(folder: string): Promise<number> {
  return new Promise((resolve) => {
    stat(join(folder, "manifest.json"), (error, stats) => resolve(error === null ? stats.mtimeMs : 0));
  });
}

/** The first signal stops kindly, a second one at once. */
function stopOnSignals(supervisor: Supervisor): void {
  let isStopping = false;
  const stop = async (): Promise<void> => {
    if (isStopping) {
      supervisor.killAll();
      process.exit(1);
    }
    isStopping = true;
    await supervisor.stop();
    process.exit(0);
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}
