/** What VS Code's own interface says of the extension: checks that run inside the extension host, with the packed extension. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import type { InsideResult } from "./inside/checks.ts";
import type { Verdicts } from "./verdicts.ts";
import type { Workbench } from "./workbench.ts";

/** Tests run only beside an extension that is being developed. This one is empty, so that the packed one is what is tested. */
const EMPTY = { name: "gwl-checks", publisher: "gwl", version: "0.0.0", engines: { vscode: "^1.110.0" }, main: "./empty.cjs" };

export async function insideChecks({ load, until, server }: Workbench, { take }: Verdicts): Promise<void> {
  const folder = join(server.home, "checks");
  mkdirSync(folder);
  writeFileSync(join(folder, "package.json"), JSON.stringify(EMPTY));
  writeFileSync(join(folder, "empty.cjs"), "exports.activate = () => undefined;\n");
  const entryPoints = [join(import.meta.dirname, "inside/checks.ts")];
  await build({
    entryPoints,
    bundle: true,
    platform: "node",
    format: "cjs",
    external: ["vscode"],
    outfile: join(folder, "index.cjs"),
    logLevel: "error",
  });
  const { host } = new URL(server.address);
  const remote = (path: string): string => `vscode-remote://${host}${path}`;
  const report = join(server.workspace, ".checks.json");
  rmSync(report, { force: true });
  await load([
    ["extensionDevelopmentPath", remote(folder)],
    ["extensionTestsPath", remote(join(folder, "index.cjs"))],
  ]);
  const results = await until(
    "the report of the checks inside",
    async () => JSON.parse(readFileSync(report, "utf8")) as readonly InsideResult[],
    180_000,
  );
  for (const { name, failure } of results) take(`inside: ${name}`, failure);
}
