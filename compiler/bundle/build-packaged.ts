/**
 * A part of the host that stands on packages, with these inside, as one script of Node's own form (CommonJS, as they are). Promises the same bytes
 * wherever the compiler is installed.
 */
import { build } from "esbuild";

/** `entry`: absolute path. A failure is the compiler's own fault, so it throws. */
export async function buildPackaged(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    absWorkingDir: entry.slice(0, entry.lastIndexOf("/")),
    bundle: true,
    write: false,
    format: "cjs",
    platform: "node",
    target: "node22",
    minify: true,
    legalComments: "none",
    logLevel: "silent",
  });
  return outputFiles[0]?.text ?? "";
}
