/** Starts a thread that reads one list. Promises an answer, whatever becomes of the thread: one that needs too much memory or time is ended, and nothing else. */
import type { ListAnswer, ReadList } from "./list-reader.ts";

/** Milliseconds, and mebibytes. */
const longestReading = 180_000;
const mostMemory = 1_024;

/** `script`: of which the thread is made; it calls `answerFromThread`. */
export function readInThread(script: URL): ReadList {
  return (question) =>
    new Promise((resolve) => {
      // Asked for here: what stands behind it takes some milliseconds of a start that needs no thread.
      const { Worker } = process.getBuiltinModule("node:worker_threads");
      // It gets nothing of the environment, which has secrets.
      const thread = new Worker(script, { workerData: question, env: {}, resourceLimits: { maxOldGenerationSizeMb: mostMemory } });
      const timer = setTimeout(() => {
        void thread.terminate();
        resolve({ kind: "failed", why: `it was not read within ${longestReading / 1000} seconds` });
      }, longestReading);
      const settle = (answer: ListAnswer): void => {
        clearTimeout(timer);
        resolve(answer);
      };
      thread.once("message", (answer: ListAnswer) => settle(answer));
      thread.once("error", (error) => settle({ kind: "failed", why: messageOf(error) }));
      thread.once("exit", () => settle({ kind: "failed", why: "its reader ended without an answer" }));
    });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
