/** `gwl build`: compiles a gateway to a folder that `node` runs. */
import { relative, resolve } from "node:path";
import { BUNDLE } from "../bundle-goal.ts";
import { type Command, lastValue } from "../command.ts";
import { compileFile, FORMAT_OPTION, formatOf } from "../compile-file.ts";
import { EXIT } from "../exit-codes.ts";
import { writeBundle } from "../write-bundle.ts";

export const build: Command = {
  name: "build",
  summary: "compile a gateway to a folder that runs",
  usage: "[FILE]",
  minArguments: 0,
  maxArguments: 1,
  options: [{ name: "out", short: "o", value: "FOLDER", summary: "where the bundle goes (default: dist)" }, FORMAT_OPTION],
  about: [
    "Writes handler.ts (readable, one comment for each rule), handler.js, tables.bin, server.js and manifest.json.",
    "The same sources give the same bytes. Start the bundle with: node FOLDER/server.js",
  ].join("\n"),
  examples: [
    { command: "gwl build", does: "./gateway.gwl to ./dist" },
    { command: "gwl build shop.gwl --out out/shop", does: "another file, another folder" },
    { command: "STAGE=prod PORT=8080 node dist/server.js", does: "run what was built" },
  ],
  run: async (input, terminal) => {
    const started = performance.now();
    const compiled = await compileFile(input.arguments[0], BUNDLE, formatOf(input), terminal);
    if (!compiled.ok) return compiled.exit;
    const { bundle } = compiled.compilation;
    if (bundle === undefined) return EXIT.internal;
    const folder = resolve(terminal.cwd, lastValue(input, "out") ?? "dist");
    const written = writeBundle(bundle, folder);
    if (!written.ok) {
      terminal.talk(`gwl: ${written.message}\n`);
      return EXIT.usage;
    }
    const shown = relative(terminal.cwd, folder) || folder;
    const kilobytes = (path: string): string =>
      `${(sizeOf(bundle.files.find((file) => file.path === path)?.content) / 1000).toFixed(0)} kB`;
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    terminal.talk(
      `${terminal.style("green", "built")} ${shown} in ${seconds} s: handler.js ${kilobytes("handler.js")}, server.js ${kilobytes("server.js")}, tables.bin ${kilobytes("tables.bin")}\n`,
    );
    terminal.talk(`start it: node ${shown}/server.js${needs(compiled.compilation.ir?.stages ?? [], bundle.manifest)}\n`);
    return EXIT.ok;
  },
};

function sizeOf(content: string | Uint8Array | undefined): number {
  return content === undefined ? 0 : typeof content === "string" ? Buffer.byteLength(content) : content.length;
}

/** What the environment must bring. */
function needs(
  stages: readonly string[],
  manifest: { readonly environment: readonly { readonly name: string; readonly required: boolean }[]; readonly secrets: readonly string[] },
): string {
  const names = [...manifest.environment.filter((one) => one.required).map((one) => one.name), ...manifest.secrets];
  const stage = stages.length === 0 ? [] : [`STAGE=${stages.join("|")}`];
  const all = [...stage, ...names];
  return all.length === 0 ? "" : ` (needs ${all.join(", ")})`;
}
