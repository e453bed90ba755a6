/** Stacks of faults in built scripts. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { expect, onTestFinished, test } from "vitest";
import { readableStack } from "../../../runtime/hosts/node/readable-stack.ts";

test("name the source's line, and stay as they are without a map", async () => {
  const folder = mkdtempSync(join(tmpdir(), "gwl-stack-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const source = join(folder, "thrower.ts");
  writeFileSync(source, "export function broken(): never {\n  const what: string = 'no';\n  throw new Error(what);\n}\n");
  const script = join(folder, "thrower.js");
  await build({ entryPoints: [source], outfile: script, minify: true, format: "esm", sourcemap: "linked" });
  const column = readFileSync(script, "utf8").indexOf("new Error") + 1;
  expect(readableStack(`Error: no\n    at t (${pathToFileURL(script).href}:1:${column})\n    at file:///nowhere/a.js:1:2`)).toBe(
    "Error: no\n    at t (thrower.ts:3:9)\n    at file:///nowhere/a.js:1:2",
  );
});
