/** Builds into a folder of its own, serves from it, and leaves nothing behind: no process, no file. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BUNDLE } from "./bundle-goal.ts";
import { compileFile } from "./compile-file.ts";
import { EXIT, type ExitCode } from "./exit-codes.ts";
import { inFileWords } from "./file-fault.ts";
import { folderWatcher } from "./folder-watcher.ts";
import { nodeHost } from "./node-host.ts";
import { recordingHost } from "./recording-host.ts";
import { type Server, serverOf } from "./server-process.ts";
import type { Terminal } from "./terminal.ts";
import { writeBundle } from "./write-bundle.ts";

export type RunOptions = {
  readonly file: string | undefined;
  readonly isWatching: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
};

export async function runGateway(options: RunOptions, terminal: Terminal): Promise<ExitCode> {
  const made = temporaryFolder();
  if (!made.ok) {
    terminal.complain(made.message);
    return EXIT.usage;
  }
  const { folder } = made;
  const bundle = join(folder, "bundle");
  const server = serverOf(join(bundle, "server.js"), options.environment);
  try {
    const stopped = untilSignalled(server);
    const first = await rebuild(options.file, bundle, terminal);
    if (!first.ok && !options.isWatching) return first.exit;
    if (first.ok) server.start();
    if (!options.isWatching) return await Promise.race([stopped, server.ended.then(exitCodeOf)]);
    return await watching(options, { server, bundle, files: first.files, stopped }, terminal);
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function temporaryFolder(): { readonly ok: true; readonly folder: string } | { readonly ok: false; readonly message: string } {
  try {
    return { ok: true, folder: mkdtempSync(join(tmpdir(), "gwl-run-")) };
  } catch (error) {
    return { ok: false, message: inFileWords(error, `cannot write to \`${tmpdir()}\``) };
  }
}

/** `files`: all that were read or looked for. */
type Built = { readonly files: readonly string[] } & ({ readonly ok: true } | { readonly ok: false; readonly exit: ExitCode });

async function rebuild(file: string | undefined, bundle: string, terminal: Terminal): Promise<Built> {
  const recording = recordingHost(nodeHost(terminal.cwd), terminal.cwd);
  const compiled = await compileFile({ file, goal: BUNDLE, format: "text", findings: "talk", host: recording.host }, terminal);
  const files = recording.files();
  if (!compiled.ok) return { ...compiled, files };
  if (compiled.compilation.bundle === undefined) return { ok: false, exit: EXIT.internal, files };
  const written = writeBundle(compiled.compilation.bundle, bundle);
  if (written.ok) return { ok: true, files };
  terminal.complain(written.message);
  return { ok: false, exit: EXIT.usage, files };
}

type Watched = { readonly server: Server; readonly bundle: string; readonly files: readonly string[]; readonly stopped: Promise<ExitCode> };

/** One rebuild at a time; a change during one leads to the next. */
async function watching(options: RunOptions, { server, bundle, files, stopped }: Watched, terminal: Terminal): Promise<ExitCode> {
  const dim = (text: string): void => terminal.talk(terminal.talkStyle("dim", `${text}\n`));
  let building: Promise<unknown> = Promise.resolve();
  const again = async (): Promise<void> => {
    dim("a source changed");
    const built = await rebuild(options.file, bundle, terminal);
    watcher.watch(built.files);
    if (built.ok) await server.restart();
    else dim("the gateway goes on as it was");
  };
  const watcher = folderWatcher(() => {
    building = building.then(again).catch((fault: unknown) => terminal.complain(fault instanceof Error ? fault.message : String(fault)));
  });
  watcher.watch(files);
  dim("watching the sources; Ctrl-C ends");
  try {
    return await stopped;
  } finally {
    watcher.close();
    await building;
  }
}

/** The server is told by this process alone, whoever else the signal reached. */
function untilSignalled(server: Server): Promise<ExitCode> {
  return new Promise((done) => {
    const end = async (): Promise<void> => {
      await server.stop();
      done(EXIT.ok);
    };
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, end);
  });
}

/** The server says itself why it ended; 78 is what it says of its environment. */
function exitCodeOf(code: number): ExitCode {
  const badConfiguration = 78;
  return code === 0 ? EXIT.ok : code === badConfiguration ? EXIT.usage : EXIT.findings;
}
