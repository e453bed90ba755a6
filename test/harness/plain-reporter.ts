import type { Reporter, TestModule } from "vitest/node";

/**
 * Closes a run with one plain line that any CI can read: `N passed, N failed, N skipped`. A file that does not load is one failure. Before it stand the tests that
 * passed only when they were tried again (D451).
 */
export default class PlainReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const count = { passed: 0, failed: 0, skipped: 0 };
    for (const module of modules) {
      const tests = [...module.children.allTests()];
      if (module.state() === "failed" && tests.length === 0) count.failed++;
      for (const test of tests) {
        const { state } = test.result();
        if (test.diagnostic()?.flaky === true) console.log(`passed when tried again: ${module.relativeModuleId} > ${test.fullName}`);
        if (state === "passed" || state === "failed") count[state]++;
        else count.skipped++;
      }
    }
    console.log(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
  }
}
