/** Packs the extension for VS Code: `npm run vsix`. Promises: under a million bytes, or it fails; nothing of the checkout is changed. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundleExtension } from "./editor/bundle-extension.ts";
import { cleanEnvironment } from "./clean-environment.ts";

const MOST = 1_000_000;
const ROOT = join(import.meta.dirname, "..");
const EXTENSION = join(ROOT, "editor/vscode");
const OUT = join(ROOT, "out/editor");
const STAGE = join(OUT, "extension");
const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { version: string };
const target = join(OUT, `gwl-${version}.vsix`);

rmSync(STAGE, { recursive: true, force: true });
mkdirSync(join(STAGE, "dist"), { recursive: true });
for (const name of ["language-configuration.json", "media", "README.md", "syntaxes"]) {
  cpSync(join(EXTENSION, name), join(STAGE, name), { recursive: true });
}
copyFileSync(join(ROOT, "LICENSE"), join(STAGE, "LICENSE"));
writeFileSync(join(STAGE, "package.json"), manifest());
await bundleExtension(join(STAGE, "dist"));
installPacker();
const words = ["package", "--no-dependencies", "--skip-license", "--allow-missing-repository", "--out", target];
const packed = spawnSync(process.execPath, [join(EXTENSION, "node_modules/@vscode/vsce/vsce"), ...words], { cwd: STAGE, encoding: "utf8" });
if (packed.status !== 0) fail(`${packed.stdout}${packed.stderr}`);
const { size } = statSync(target);
if (size >= MOST) fail(`${target} has ${size} bytes; at most ${MOST} are allowed`);
console.log(`${target}: ${Math.round(size / 1000)} kB`);

/** The extension's own description, with the project's version and without what only builds it. */
function manifest(): string {
  const {
    devDependencies: _,
    private: __,
    ...rest
  } = JSON.parse(readFileSync(join(EXTENSION, "package.json"), "utf8")) as Record<string, unknown>;
  return `${JSON.stringify({ ...rest, version }, undefined, 2)}\n`;
}

/** Once for each lock file of the extension. */
function installPacker(): void {
  const stamp = join(EXTENSION, "node_modules/.gwl-lock");
  const wanted = createHash("sha256")
    .update(readFileSync(join(EXTENSION, "package-lock.json")))
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  const words = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const { status } = spawnSync("npm", words, { cwd: EXTENSION, stdio: ["ignore", "ignore", "inherit"], env: cleanEnvironment() });
  if (status !== 0) fail("npm could not install what packs the extension (editor/vscode/package.json)");
  writeFileSync(stamp, wanted);
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}
