/** A gateway's text built by the command line, as a user would. */
import { spawn } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { BIN, ended, environment } from "../../cli/gwl.ts";

/** The folder of the bundle, beside its `gateway.gwl`; gone when the test is over, or when `whenOver` says. */
export async function buildText(text: string, whenOver: (clear: () => void) => void = onTestFinished): Promise<string> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "gwl-built-")));
  whenOver(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "gateway.gwl"), text);
  const bundle = join(folder, "bundle");
  const { code, out, err } = await ended(spawn(process.execPath, [BIN, "build", folder, "--out", bundle], { env: environment() }));
  if (code !== 0) throw new Error(out + err);
  return bundle;
}
