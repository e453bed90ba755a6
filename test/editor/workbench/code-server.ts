/** A real VS Code with the packed extension in it, served on the loopback interface. */
import { execFile, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

export type CodeServer = {
  readonly address: string;
  /** The folder that it has open, a copy. */
  readonly workspace: string;
  /** A folder that ends with it. */
  readonly home: string;
  readonly stop: () => void;
};

const SETTINGS = {
  "security.workspace.trust.enabled": false,
  "telemetry.telemetryLevel": "off",
  "workbench.startupEditor": "none",
  "workbench.enableExperiments": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "files.autoSave": "off",
  "chat.disableAIFeatures": true,
  "editor.minimap.enabled": false,
  "testing.automaticallyOpenTestResults": "neverOpen",
};

export type CodeServerSetup = {
  /** The script that starts it. */
  readonly entry: string;
  readonly vsix: string;
  /** A copy of this folder is opened. */
  readonly workspace: string;
  /** Takes its log. */
  readonly out: string;
  /** `browser`: the extension has only what runs in a browser, as on vscode.dev. */
  readonly build: "node" | "browser";
};

export async function startCodeServer({ entry, vsix, workspace, out, build }: CodeServerSetup): Promise<CodeServer> {
  const home = mkdtempSync(join(tmpdir(), "gwl-workbench-"));
  const folder = (name: string): string => {
    mkdirSync(join(home, name), { recursive: true });
    return join(home, name);
  };
  const opened = join(home, "workspace");
  cpSync(workspace, opened, { recursive: true });
  writeFileSync(join(folder("user/User"), "settings.json"), JSON.stringify(SETTINGS));
  writeFileSync(join(home, "config.yaml"), "auth: none\n");
  const where = ["--config", join(home, "config.yaml"), "--user-data-dir", folder("user"), "--extensions-dir", folder("extensions")];
  await promisify(execFile)(process.execPath, [entry, ...where, "--install-extension", vsix]);
  if (build === "browser") withoutNode(folder("extensions"));
  const port = await freePort();
  const log = openSync(join(out, `code-server for ${build}.log`), "w");
  const options = ["--bind-addr", `127.0.0.1:${port}`, "--auth", "none", "--disable-telemetry", "--disable-update-check"];
  const quiet = ["--disable-workspace-trust", "--disable-getting-started-override"];
  // Without the driver a built workbench does not run tests inside its extension host.
  const child = spawn(process.execPath, [entry, ...where, ...options, ...quiet, "--vscode-option", "enable-smoke-test-driver"], {
    stdio: ["ignore", log, log],
    detached: true,
  });
  const stop = (): void => {
    // It forks; the whole group ends.
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, "SIGKILL");
    rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  const address = `http://127.0.0.1:${port}/`;
  for (let tries = 0; tries < 300; tries++) {
    if (await isUp(address)) return { address, workspace: opened, home, stop };
    await sleep(50);
  }
  stop();
  throw new Error("code-server did not start within 15 seconds; its log says why");
}

function withoutNode(extensions: string): void {
  const [name = ""] = readdirSync(extensions).filter((one) => one.startsWith("gwl."));
  const path = join(extensions, name, "package.json");
  const { main: _, ...manifest } = JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;
  writeFileSync(path, JSON.stringify(manifest));
}

async function isUp(address: string): Promise<boolean> {
  try {
    return (await fetch(`${address}healthz`)).ok;
  } catch {
    return false;
  }
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.on("error", fail);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => (typeof address === "object" && address !== null ? done(address.port) : fail(new Error("no port"))));
    });
  });
}
