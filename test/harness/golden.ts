/** Results that were accepted once and are kept beside the tests. `GWL_ACCEPT=1` (`npm run accept`) rewrites them. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect } from "vitest";

const CASES = join(import.meta.dirname, "../cases");

export const isAccepting = process.env["GWL_ACCEPT"] === "1";

/** `path` is relative to `test/cases`. A result that is new or has changed fails, unless results are being accepted. */
export function expectGolden(path: string, actual: string): void {
  const full = join(CASES, path);
  if (isAccepting) {
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, actual);
    return;
  }
  expect(actual, `differs from test/cases/${path}; \`npm run accept\` takes it as it is now`).toBe(readGolden(full));
}

/** Empty where there is none yet. */
function readGolden(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
