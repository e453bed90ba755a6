#!/usr/bin/env node
// The launcher that npm links. Plain JavaScript that old Nodes can parse, so that they get a sentence and not a syntax error.
import * as module from "node:module";

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(`gwl needs Node 22.18 or newer, this is ${process.version}`);
  process.exit(2);
}
module.enableCompileCache?.();
const { main } = await import("./main.ts");
process.exitCode = await main(process.argv.slice(2));
