#!/usr/bin/env node
// The launcher that npm links. Plain JavaScript that old Nodes can parse, so that they get a sentence and not a syntax error.
import * as module from "node:module";

// The sources run as they are written, so Node must take TypeScript; it says so itself.
if (!process.features.typescript) {
  console.error(
    `gwl needs Node 22.18 or newer, this is ${process.version}. Get one from https://nodejs.org, or, in a clone of gwl, run it through npm: npx gwl`,
  );
  process.exit(2);
}
module.enableCompileCache?.();
try {
  const { main } = await import("./main.ts");
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
