import { defineConfig } from "vitest/config";
import { LongestFirst } from "./test/harness/longest-first.ts";

/** Tries thousands of programs, in the worker's own process. */
const properties = [
  "test/**/*.property.test.ts",
  "test/properties/**/*.test.ts",
  "test/grammar/{properties,limits}.test.ts",
  "test/editor/service/{incremental,never-throws}.test.ts",
];
/** Starts processes, waits on sockets, measures its own process, or runs other test files anew, which must not be loaded yet. */
const slow = [
  "test/emit/reference-suite.test.ts",
  "test/e2e/**/*.test.ts",
  "test/cli/**/*.test.ts",
  "test/editor/lsp/**/*.test.ts",
  "test/runtime/hosts/**/*.test.ts",
  "test/bench/decision-cost.test.ts",
  "test/runtime/traffic/counted-keys.test.ts",
];
const times = { testTimeout: 60_000, hookTimeout: 120_000 };
/** Other processes and clocks are on their way as well, and a machine may be busy: a second try, which is told (D451). */
const alive = { ...times, retry: 1 };
/** Files share the modules of their worker: loading the compiler anew for each cost two thirds of the time. Only what has the process to itself may measure it. */
const together = { ...times, isolate: false, setupFiles: ["test/harness/seed-of-the-day.ts"] };

/** `fast` is what `npm run check` runs. */
export default defineConfig({
  test: {
    reporters: ["default", "./test/harness/plain-reporter.ts"],
    // One more than the cores of the smallest machine: what starts processes waits for them half of its time.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    projects: [
      { extends: true, test: { name: "slow", include: slow, ...alive } },
      { extends: true, test: { name: "properties", include: properties, ...together } },
      { extends: true, test: { name: "fast", include: ["test/**/*.test.ts"], exclude: [...slow, ...properties], ...together } },
    ],
  },
});
