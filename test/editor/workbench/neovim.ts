/** A second editor: Neovim over standard input and output shows what the command line says. */
import { execFile } from "node:child_process";
import { deepEqual } from "node:assert/strict";
import { join } from "node:path";
import { promisify } from "node:util";
import { ROOT } from "../../laws/source-files.ts";

const run = promisify(execFile);
const BIN = join(ROOT, "compiler/cli/bin.js");

export async function neovimShowsTheSame(folder: string, file: string): Promise<void> {
  const path = join(folder, file);
  const said = await findingsOf(path);
  const { stdout } = await run("nvim", ["--headless", "-u", "NONE", "-S", join(import.meta.dirname, "neovim.lua")], {
    env: { ...process.env, GWL_NODE: process.execPath, GWL_BIN: BIN, GWL_FOLDER: folder, GWL_FILE: path, GWL_COUNT: String(said.length) },
    timeout: 20_000,
  });
  deepEqual(stdout.trim().split(/\r?\n/).sort(), [...said].sort());
}

/** `line:column code`, as `gwl check` counts them. */
async function findingsOf(path: string): Promise<readonly string[]> {
  const { stdout } = await run(process.execPath, [BIN, "check", path, "--format", "json"]).catch((failed: { stdout: string }) => failed);
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: readonly { code: string; start: { line: number; column: number } }[] };
  return diagnostics.map(({ code, start: { line, column } }) => `${line}:${column} ${code}`);
}
