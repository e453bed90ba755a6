/** `gwl run`: builds a gateway into a temporary folder and serves it; with `--watch`, again after each change. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, watch } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { BUNDLE } from "../bundle-goal.ts";
import { type Command, lastValue } from "../command.ts";
import { compileFile } from "../compile-file.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import type { Terminal } from "../terminal.ts";
import { writeBundle } from "../write-bundle.ts";

export const run: Command = {
  name: "run",
  summary: "build and serve a gateway on this machine",
  usage: "[FILE]",
  minArguments: 0,
  maxArguments: 1,
  options: [
    { name: "watch", short: "w", summary: "build and start again when a source changes" },
    { name: "port", short: "p", value: "PORT", summary: "listen here instead of where the gateway says" },
    { name: "stage", short: "s", value: "STAGE", summary: "the stage to run as (default: STAGE of the environment)" },
  ],
  about:
    "Variables and secrets come from the environment, as for a deployed bundle. With --watch, sources with errors leave the running gateway as it is.",
  examples: [
    { command: "gwl run", does: "the gateway in this folder" },
    { command: "gwl run --watch --stage dev --port 9000", does: "while writing it" },
  ],
  run: async (input, terminal) => {
    const port = lastValue(input, "port");
    if (port !== undefined && !/^[0-9]{1,5}$/.test(port)) {
      terminal.talk(`gwl: \`--port\` is a number, not \`${port}\`\n`);
      return EXIT.usage;
    }
    const stage = lastValue(input, "stage");
    const environment = {
      ...terminal.environment,
      ...(port === undefined ? {} : { PORT: port }),
      ...(stage === undefined ? {} : { STAGE: stage }),
    };
    const folder = mkdtempSync(join(tmpdir(), "gwl-run-"));
    try {
      const server = serverIn(folder, environment);
      const first = await rebuild(input.arguments[0], folder, terminal);
      if (!first.ok && !input.flags.has("watch")) return first.exit;
      if (first.ok) server.start();
      const watching = input.flags.has("watch") ? watchSources(input.arguments[0], folder, server, terminal) : undefined;
      return await untilStopped(server, watching !== undefined);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

type Built = { readonly ok: true } | { readonly ok: false; readonly exit: ExitCode };

async function rebuild(file: string | undefined, folder: string, terminal: Terminal): Promise<Built> {
  const compiled = await compileFile(file, BUNDLE, "text", terminal);
  if (!compiled.ok) return compiled;
  const { bundle } = compiled.compilation;
  if (bundle === undefined) return { ok: false, exit: EXIT.internal };
  writeBundle(bundle, join(folder, "bundle"));
  return { ok: true };
}

type Server = {
  readonly start: () => void;
  readonly restart: () => Promise<void>;
  readonly stop: () => Promise<void>;
  readonly onExit: (tell: (code: number) => void) => void;
};

function serverIn(folder: string, environment: NodeJS.ProcessEnv): Server {
  let child: ChildProcess | undefined;
  let tell: (code: number) => void = () => undefined;
  let isExpected = false;
  const start = (): void => {
    child = spawn(process.execPath, ["--enable-source-maps", join(folder, "bundle/server.js")], { stdio: "inherit", env: environment });
    child.once("exit", (code) => {
      child = undefined;
      if (!isExpected) tell(code ?? 1);
    });
  };
  const stop = (): Promise<void> =>
    new Promise((done) => {
      if (child === undefined) return done();
      isExpected = true;
      child.once("exit", () => {
        isExpected = false;
        done();
      });
      child.kill("SIGTERM");
    });
  const restart = async (): Promise<void> => {
    await stop();
    start();
  };
  return { start, restart, stop, onExit: (told) => void (tell = told) };
}

const QUIET = 100;

/** Changes below the main file's folder; several within a moment are one. */
function watchSources(file: string | undefined, folder: string, server: Server, terminal: Terminal): void {
  const given = resolve(terminal.cwd, file ?? ".");
  const root = given.endsWith(".gwl") ? dirname(given) : given;
  let timer: NodeJS.Timeout | undefined;
  let building = Promise.resolve();
  const again = async (): Promise<void> => {
    terminal.talk(terminal.style("dim", "a source changed\n"));
    const built = await rebuild(file, folder, terminal);
    if (built.ok) await server.restart();
  };
  watch(root, { recursive: true }, (_event, name) => {
    if (name === null || !/\.(gwl|txt|json|netset)$/.test(name) || name.includes("node_modules")) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      building = building
        .then(again)
        .catch((fault: unknown) => terminal.talk(`gwl: ${fault instanceof Error ? fault.message : String(fault)}\n`));
    }, QUIET);
  });
  terminal.talk(terminal.style("dim", `watching ${root}\n`));
}

/** Ctrl-C reaches the server, too; this waits until it has ended. A watched server that ends by itself is waited out. */
function untilStopped(server: Server, isWatching: boolean): Promise<ExitCode> {
  return new Promise((done) => {
    const end = async (): Promise<void> => {
      await server.stop();
      done(EXIT.ok);
    };
    process.once("SIGINT", end);
    process.once("SIGTERM", end);
    server.onExit((code) => {
      if (!isWatching) done(code === 0 ? EXIT.ok : EXIT.findings);
    });
  });
}
