import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { cstTypes } from "../../grammar/cst-types.ts";

test("grammar/cst.ts is what scripts/generate-cst.ts would write", () => {
  expect(readFileSync(new URL("../../grammar/cst.ts", import.meta.url), "utf8")).toBe(cstTypes());
});
