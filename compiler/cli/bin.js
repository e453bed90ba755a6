#!/usr/bin/env node
// The launcher that npm links. Plain JavaScript that old Nodes can parse, so that they get a sentence and not a syntax error.
import * as fs from "node:fs";
import * as module from "node:module";

// A clone runs its sources, which are never stale; a package has none, as Node takes no TypeScript below node_modules, and runs its build.
const hasSources = fs.existsSync(new URL("./main.ts", import.meta.url));
const [major, minor] = process.versions.node.split(".").map(Number);
const isNew = major > 22 || (major === 22 && minor >= 18);
if (!isNew || (hasSources && !process.features.typescript)) {
  console.error(
    `gwl needs Node 22.18 or newer, this is ${process.version}. Get one from https://nodejs.org, or, in a clone of gwl, run it through npm: npx gwl`,
  );
  process.exit(2);
}
module.enableCompileCache?.();
try {
  const { main } = await import(hasSources ? "./main.ts" : "../../dist/cli/main.js");
  const status = await main(process.argv.slice(2));
  await Promise.all([process.stdout, process.stderr].map(written));
  // Ends at once: left to itself, Node first collects the garbage of a process that needs no memory any more.
  process.exit(status);
} catch (fault) {
  const isMissing = fault.code === "ERR_MODULE_NOT_FOUND";
  console.error(
    isMissing
      ? `gwl is not installed completely: ${fault.message}. Run \`npm install\` where it stands`
      : `gwl cannot start: ${fault.stack}`,
  );
  process.exitCode = 70;
}

function written(stream) {
  return new Promise((done) => stream.write("", () => done()));
}
