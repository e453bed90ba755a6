/** `gwl build`: compiles a gateway to a folder that `node` runs. */
import { resolve } from "node:path";
import type { Bundle } from "../../model/emitted.ts";
import { BUNDLE } from "../bundle-goal.ts";
import { type Command, lastValue } from "../command.ts";
import { compileFile, FORMAT_OPTION, formatOf } from "../compile-file.ts";
import { EXIT } from "../exit-codes.ts";
import { shownPath } from "../main-file.ts";
import { shellWord } from "../shell-words.ts";
import { writeBundle } from "../write-bundle.ts";
import { writeReport } from "../write-report.ts";

export const build: Command = {
  name: "build",
  summary: "compile a gateway to a folder that runs",
  usage: "[FILE]",
  minArguments: 0,
  maxArguments: 1,
  options: [
    { name: "out", short: "o", value: "FOLDER", summary: "where the bundle goes (default: dist)" },
    { name: "report", summary: "also write FOLDER.report.html: routes, decisions and sizes, drawn" },
    FORMAT_OPTION,
  ],
  about: [
    "Writes handler.ts (readable, one comment for each rule), handler.js, tables.bin, worker.js, shared.js (what handler.js and worker.js both need), server.js, routes.json (each route with who may call it and what the gateway itself may answer), sites.json (where each rule stands and what it says) and manifest.json.",
    "Gateways that need them have further scripts beside these; manifest.json names all files.",
    "The same sources give the same bytes. Start the bundle with: node FOLDER/server.js",
    "It serves by one process for each core; docs/running.md says what the environment may ask of it.",
  ].join("\n"),
  examples: [
    { command: "gwl build", does: "./gateway.gwl to ./dist" },
    { command: "gwl build shop.gwl --out out/shop", does: "another file, another folder" },
    { command: "gwl build --report", does: "and ./dist.report.html, to look at in a browser" },
    { command: "STAGE=prod PORT=8080 node dist/server.js", does: "run what was built" },
  ],
  run: async (input, terminal) => {
    const started = performance.now();
    const goal = { goal: BUNDLE, format: formatOf(input), findings: "result" } as const;
    const compiled = await compileFile({ file: input.arguments[0], ...goal }, terminal);
    if (!compiled.ok) return compiled.exit;
    const { bundle, ir, sources } = compiled.compilation;
    if (bundle === undefined) return EXIT.internal;
    const folder = resolve(terminal.cwd, lastValue(input, "out") ?? "dist");
    const written = writeBundle(bundle, folder);
    if (!written.ok) {
      terminal.complain(written.message);
      return EXIT.usage;
    }
    const shown = shownPath(terminal.cwd, folder);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    const sizes = ["handler.js", "worker.js", "shared.js", "server.js", "tables.bin"].map((path) => `${path} ${kilobytes(bundle, path)}`);
    terminal.talk(`${terminal.talkStyle("green", "built")} ${shown} in ${seconds} s: ${sizes.join(", ")}\n`);
    if (input.flags.has("report") && ir !== undefined) {
      const report = writeReport(ir, bundle, sources, folder);
      if (!report.ok) {
        terminal.complain(report.message);
        return EXIT.usage;
      }
      terminal.talk(`look at it: ${shownPath(terminal.cwd, report.file)}\n`);
    }
    terminal.talk(`start it: node ${shellWord(`${shown}/server.js`)}${needs(ir?.stages ?? [], bundle.manifest)}\n`);
    return EXIT.ok;
  },
};

function kilobytes({ files }: Bundle, path: string): string {
  const content = files.find((file) => file.path === path)?.content ?? "";
  return `${(Buffer.byteLength(content) / 1000).toFixed(0)} kB`;
}

/** What the environment must bring. */
function needs(stages: readonly string[], { environment, secrets }: Bundle["manifest"]): string {
  const names = [...environment.filter((one) => one.required).map((one) => one.name), ...secrets];
  const all = [...(stages.length === 0 ? [] : [`STAGE=${stages.join("|")}`]), ...names];
  return all.length === 0 ? "" : ` (needs ${all.join(", ")})`;
}
