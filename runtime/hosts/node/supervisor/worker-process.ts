/** One process that serves a kept bundle. Promises that whoever starts it learns either where it listens, or why it does not. */
import cluster from "node:cluster";
import { join } from "node:path";
import type { Readable } from "node:stream";
import type { KeptBundle } from "./bundle-store.ts";
import type { ListState } from "../lists/network-lists.ts";
import { relayLines } from "./line-relay.ts";
import { listReadings } from "./list-readings.ts";
import { inForm, type Listening, readWorkerMessage, supervised, type SupervisorMessage } from "./messages.ts";

/** Where what workers say goes. Each call has whole lines. */
export type Outputs = { readonly out: (lines: Uint8Array) => void; readonly err: (lines: Uint8Array) => void };
export type Ended = { readonly code: number | null; readonly signal: string | null };
export type WorkerProcess = {
  readonly pid: number;
  readonly artefact: string;
  /** Milliseconds since 1970: when it began to serve. */
  readonly since: number;
  state: "serving" | "retiring";
  readonly ask: (what: SupervisorMessage) => void;
  /** What it tells while it serves. */
  onRelease: (release: string) => void;
  /** Undefined: it ended, or took too long. */
  readonly readLists: (anySize: boolean) => Promise<readonly ListState[] | undefined>;
  readonly kill: () => void;
  readonly ended: Promise<Ended>;
};
export type WorkerStart =
  | { readonly ok: true; readonly worker: WorkerProcess; readonly told: Listening }
  /** `code`: what it ended with. */
  | { readonly ok: false; readonly problems: readonly string[]; readonly code: number };

/** Milliseconds. */
const longestStart = 30_000;
const mostHeldBack = 64 * 1024;

/** Megabytes of each half of a worker's young heap (D452), unless whoever runs it says otherwise. */
const mostYoung = 4;

function youngHeap(said: readonly (string | undefined)[]): readonly string[] {
  return said.some((words) => words?.includes("semi-space")) ? [] : [`--max-semi-space-size=${mostYoung}`];
}

export function startWorker({ artefact, folder }: KeptBundle, { out, err }: Outputs): Promise<WorkerStart> {
  cluster.setupPrimary({
    exec: join(folder, "worker.js"),
    execArgv: [...process.execArgv, ...youngHeap([...process.execArgv, process.env["NODE_OPTIONS"]])],
    args: [supervised],
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const forked = cluster.fork();
  const child = forked.process;
  const said = child.stderr === null ? undefined : heldBack(child.stderr, err);
  if (child.stdout !== null) relayLines(child.stdout, out);
  let isOver: (how: Ended) => void = () => {};
  const ended = new Promise<Ended>((resolve) => (isOver = resolve));
  return new Promise((resolve) => {
    const lists = listReadings();
    let isLate = false;
    let worker: WorkerProcess | undefined;
    const timer = setTimeout(() => {
      isLate = true;
      child.kill("SIGKILL");
    }, longestStart);
    forked.on("message", (message: unknown) => {
      const told = readWorkerMessage(message);
      if (told === undefined) return;
      if (told.event === "release-stopped") return worker?.onRelease(told.release);
      if (told.event === "lists-read") return lists.heard(told);
      clearTimeout(timer);
      said?.release();
      const ask = (what: SupervisorMessage): void => {
        if (forked.isConnected()) forked.send(inForm(what), () => {});
      };
      const kill = (): void => void child.kill("SIGKILL");
      const readLists = (anySize: boolean): ReturnType<WorkerProcess["readLists"]> => lists.ask(anySize, ask);
      worker = { pid: child.pid ?? 0, artefact, since: Date.now(), state: "serving", ask, onRelease: () => {}, readLists, kill, ended };
      resolve({ ok: true, told, worker });
    });
    const onEnd = (how: Ended): void => {
      lists.end();
      isOver(how);
      clearTimeout(timer);
      const problems = isLate ? [`it did not listen within ${longestStart / 1000} seconds`] : problemsOf(said?.text() ?? "", how);
      resolve({ ok: false, problems, code: how.code ?? 1 });
    };
    child.once("close", (code, signal) => onEnd({ code, signal }));
    forked.once("error", () => onEnd({ code: 1, signal: null }));
  });
}

type HeldBack = { readonly text: () => string; readonly release: () => void };

/** What a process says before it serves is the reason why it does not; what it says later is for the log. */
function heldBack(from: Readable, write: Outputs["err"]): HeldBack {
  let held: Uint8Array[] | undefined = [];
  let size = 0;
  relayLines(from, (lines) => {
    if (held === undefined) return write(lines);
    size += lines.length;
    if (size <= mostHeldBack) held.push(Uint8Array.from(lines));
  });
  return {
    text: () => Buffer.concat(held ?? []).toString("utf8"),
    release: () => {
      for (const lines of held ?? []) write(lines);
      held = undefined;
    },
  };
}

const refusal = "cannot start: ";

function problemsOf(text: string, { code, signal }: Ended): readonly string[] {
  const lines = text.split("\n").filter((line) => line !== "");
  const refusals = lines.flatMap((line) => (line.startsWith(refusal) ? [line.slice(refusal.length)] : []));
  if (refusals.length > 0) return refusals;
  return [`it ended with ${signal ?? `exit code ${code}`}${lines.length === 0 ? "" : `: ${lines.slice(-12).join(" | ")}`}`];
}
