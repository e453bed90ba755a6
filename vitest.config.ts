import { defineConfig } from "vitest/config";

const slow = [
  "test/**/*.property.test.ts",
  "test/{e2e,properties}/**/*.test.ts",
  "test/cli/**/*.test.ts",
  "test/editor/lsp/**/*.test.ts",
  "test/runtime/hosts/**/*.test.ts",
  "test/grammar/{properties,limits}.test.ts",
  "test/editor/service/{incremental,never-throws}.test.ts",
];
const shared = { testTimeout: 60_000, hookTimeout: 120_000 };

/** Two projects: `fast` is what `npm run check` runs; `slow` starts processes, waits on sockets or tries thousands of programs. */
export default defineConfig({
  test: {
    reporters: ["default", "./test/harness/plain-reporter.ts"],
    maxWorkers: 2,
    projects: [
      { extends: true, test: { name: "fast", include: ["test/**/*.test.ts"], exclude: slow, ...shared } },
      { extends: true, test: { name: "slow", include: slow, ...shared } },
    ],
  },
});
