/** The command line as a process of its own, in a folder of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

export const BIN = fileURLToPath(new URL("../../compiler/cli/bin.js", import.meta.url));

export type Ended = { readonly code: number | null; readonly out: string; readonly err: string };
export type Surroundings = { readonly cwd?: string; readonly input?: string; readonly env?: Readonly<Record<string, string>> };

/** No variable of whoever runs the tests has a say. What Node keeps of compiled modules is found again by processes that have a folder of their own for temporary files, as users have it. */
export function environment(more: Readonly<Record<string, string>> = {}): Record<string, string> {
  const { PATH = "", HOME = "", TMPDIR } = process.env;
  return { PATH, HOME, NODE_COMPILE_CACHE: join(tmpdir(), "node-compile-cache"), ...(TMPDIR === undefined ? {} : { TMPDIR }), ...more };
}

/** Runs `gwl` with these words to its end. */
export function gwl(words: readonly string[], { cwd, input = "", env = {} }: Surroundings = {}): Promise<Ended> {
  return ended(spawn(process.execPath, [BIN, ...words], { cwd: cwd ?? tmpdir(), env: environment(env) }), input);
}

export function ended(child: ChildProcess, input = ""): Promise<Ended> {
  let out = "";
  let err = "";
  child.stdout?.on("data", (chunk) => (out += String(chunk)));
  child.stderr?.on("data", (chunk) => (err += String(chunk)));
  child.stdin?.on("error", () => undefined);
  child.stdin?.end(input);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, out, err }));
  });
}

/** A folder with these files, gone when the test is over. Its name has what names may have. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "gwl tést ")));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** Sees a condition come true, or gives up after `patience` milliseconds. */
export async function until(isTrue: () => boolean, patience = 20_000): Promise<void> {
  const end = performance.now() + patience;
  while (!isTrue()) {
    if (performance.now() > end) throw new Error("waited in vain");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export const HELLO = `gwl 1

gateway hello {
  listen 0
}

GET "/hello" {
  public because "everybody may say hello"
  respond 200 "hello"
}
`;
