/** The list of faults keeps up with the code: each is still one that can be made, in one place. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { FAULTS } from "./faults.ts";

const ROOT = join(import.meta.dirname, "../..");

test("each fault fits one place of its file", () => {
  const stale = FAULTS.filter(({ file, from }) => readFileSync(join(ROOT, file), "utf8").split(from).length !== 2);
  expect(stale.map(({ what, file }) => `${what} (${file})`)).toEqual([]);
});
