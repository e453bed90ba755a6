/**
 * A built gateway as a process of its own. Promises: at most one at a time, and none once it was stopped or this process is gone,
 * in whichever way.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { TETHER } from "./own-files.ts";

export type Server = {
  readonly start: () => void;
  readonly restart: () => Promise<void>;
  /** For good. A second call while one waits does not wait: the process ends at once. */
  readonly stop: () => Promise<void>;
  /** With the exit code, when it ends by itself. */
  readonly ended: Promise<number>;
};

export function serverOf(script: string, environment: NodeJS.ProcessEnv): Server {
  let child: ChildProcess | undefined;
  let isOver = false;
  let isExpected = false;
  let tell: (code: number) => void = () => undefined;
  const ended = new Promise<number>((resolve) => {
    tell = resolve;
  });
  const start = (): void => {
    if (isOver) return;
    // What is loaded before the server ends it with this process.
    const started = spawn(process.execPath, ["--enable-source-maps", "--import", TETHER.href, script], {
      stdio: ["ignore", "inherit", "inherit", "ipc"],
      // Ctrl-C would reach it twice, from the terminal and from here, and a second signal means: at once.
      detached: process.platform !== "win32",
      env: environment,
    });
    child = started;
    started.once("exit", (code) => {
      if (child === started) child = undefined;
      if (!isExpected) tell(code ?? 1);
    });
  };
  const end = async (): Promise<void> => {
    const running = child;
    if (running === undefined) return;
    const isSecond = isExpected;
    isExpected = true;
    const gone = new Promise((resolve) => running.once("exit", resolve));
    running.kill(isSecond ? "SIGKILL" : "SIGTERM");
    await gone;
    isExpected = false;
  };
  const restart = async (): Promise<void> => {
    await end();
    start();
  };
  const stop = (): Promise<void> => {
    isOver = true;
    return end();
  };
  return { start, restart, stop, ended };
}
