/** What users have: `gwl` packed by `npm pack` and installed by npm into an empty folder, without anything that only its development needs. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { cleanEnvironment } from "../../scripts/clean-environment.ts";

const ROOT = join(import.meta.dirname, "../..");

export type InstalledPackage = {
  /** The script that `node_modules/.bin/gwl` leads to. */
  readonly bin: string;
  /** The folder in which it was installed. */
  readonly app: string;
  /** Files of the package, relative to it. */
  readonly files: readonly string[];
  /** Bytes of what is downloaded. */
  readonly packed: number;
  /** Bytes on the disk. */
  readonly unpacked: number;
  readonly remove: () => void;
};

/** Takes some ten seconds, and the registry where npm's cache lacks a package. */
export function installPackage(): InstalledPackage {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "gwl-package-")));
  const [packs, app] = [join(folder, "packed"), join(folder, "app")];
  for (const made of [packs, app]) mkdirSync(made);
  writeFileSync(join(app, "package.json"), "{}\n");
  npm(["pack", "--pack-destination", packs], ROOT);
  const tarball = join(packs, readdirSync(packs)[0] ?? "");
  npm(["install", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error", tarball], app);
  const own = join(app, "node_modules/gwl");
  const files = readdirSync(own, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(own, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .sort();
  return {
    bin: realpathSync(join(app, "node_modules/.bin/gwl")),
    app,
    files,
    packed: statSync(tarball).size,
    unpacked: files.reduce((sum, file) => sum + statSync(join(own, file)).size, 0),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function npm(words: readonly string[], cwd: string): void {
  const { status, stdout, stderr, error } = spawnSync("npm", words, { cwd, env: cleanEnvironment(), encoding: "utf8" });
  if (status !== 0) throw new Error(`npm ${words.join(" ")} failed: ${error?.message ?? stdout + stderr}`);
}
