/**
 * What the checks of the editor need and npm's lock file does not bring: Chromium and Neovim from Debian, code-server from npm. Promises:
 * installed once; where it cannot be, the message says what to do.
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cleanEnvironment } from "../../../scripts/clean-environment.ts";
import { ROOT } from "../../laws/source-files.ts";

const CODE_SERVER = "4.139.1";
/** Several checkouts may share one, by this variable. */
const CACHE = process.env["GWL_EDITOR_CACHE"] ?? join(ROOT, "out/editor/cache");
const PROGRAMS: Readonly<Record<string, string>> = { chromium: "chromium", nvim: "neovim" };

/** The path of the script that starts code-server. */
export async function install(): Promise<string> {
  await Promise.all([debianPrograms(), codeServer()]);
  return join(CACHE, "node_modules/code-server/out/node/entry.js");
}

export async function debianPrograms(programs = PROGRAMS): Promise<void> {
  const missing = Object.entries(programs).filter(([program]) => spawnSync("sh", ["-c", `command -v ${program}`]).status !== 0);
  if (missing.length === 0) return;
  const packages = missing.map(([, name]) => name);
  const how = `install ${packages.join(" and ")} (on Debian: apt-get install ${packages.join(" ")})`;
  if (process.getuid?.() !== 0 || spawnSync("sh", ["-c", "command -v apt-get"]).status !== 0) {
    throw new Error(
      `the checks of the editor need ${packages.join(" and ")}, which only root can install by apt-get: ${how} and run again`,
    );
  }
  const install = ["install", "-y", "-qq", "--no-install-recommends", ...packages];
  const isDone = (await runs("apt-get", ["update", "-qq"])) && (await runs("apt-get", install));
  if (!isDone) throw new Error(`apt-get could not install ${packages.join(" and ")}: ${how} and run again`);
}

/**
 * VS Code's workbench and extension host. None of its native modules is needed here, so no install script runs; its own packages, which one
 * of these scripts would install, are installed by hand.
 */
async function codeServer(): Promise<void> {
  const stamp = join(CACHE, "stamp");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === CODE_SERVER) return;
  rmSync(CACHE, { recursive: true, force: true });
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(join(CACHE, "package.json"), '{"private":true}\n');
  const bare = ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const inner = join(CACHE, "node_modules/code-server/lib/vscode");
  const isDone =
    (await runs("npm", [...bare, `code-server@${CODE_SERVER}`], CACHE)) &&
    (await runs("npm", [...bare, "--omit=dev"], inner)) &&
    (await runs("npm", [...bare, "--omit=dev"], join(inner, "extensions")));
  if (!isDone) throw new Error(`code-server ${CODE_SERVER} could not be installed from npm into ${CACHE}`);
  writeFileSync(stamp, CODE_SERVER);
}

function runs(command: string, words: readonly string[], cwd = ROOT): Promise<boolean> {
  return new Promise((done) => {
    const child = spawn(command, words, {
      cwd,
      stdio: ["ignore", "ignore", "inherit"],
      env: { ...cleanEnvironment(), DEBIAN_FRONTEND: "noninteractive" },
    });
    child.on("error", () => done(false));
    child.on("exit", (status) => done(status === 0));
  });
}
