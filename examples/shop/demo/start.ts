/**
 * `npm start`: compiles the shop, starts an identity provider, four backends and the gateway on this machine, and shows what to
 * try. Ctrl-C stops everything.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { startBackend } from "./backend.ts";
import { startIdentityProvider } from "./identity-provider.ts";
import { whatToTry } from "./what-to-try.ts";

const SHOP = join(import.meta.dirname, "..");
const CLI = join(SHOP, "../../compiler/cli");
const USUAL_PORT = 8080;

const folder = mkdtempSync(join(tmpdir(), "gwl-shop-"));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));

const shop = relative(process.cwd(), SHOP) || ".";
console.log(`Compiling ${shop} …`);
gwl("build", shop, "--quiet", "--out", join(folder, "bundle"));

const provider = await startIdentityProvider();
const [orders, spare, catalog, admin] = await Promise.all(
  ["orders", "orders (spare)", "catalog", "console"].map((name) => startBackend(name)),
);
const gateway = spawn(
  process.execPath,
  ["--import", pathToFileURL(join(CLI, "end-with-parent.js")).href, join(folder, "bundle/server.js")],
  {
    stdio: ["ignore", "pipe", "inherit", "ipc"],
    env: {
      ...process.env,
      WORKERS: process.env["WORKERS"] ?? "0",
      STAGE: "dev",
      LISTS: SHOP,
      PORT: process.env["PORT"] ?? String((await isFree(USUAL_PORT)) ? USUAL_PORT : 0),
      WAREHOUSE_KEY: randomBytes(32).toString("hex"),
      CUSTOMER_ISSUER: provider.issuer,
      CUSTOMER_KEYS: provider.keysUrl,
      ORDERS_URL: orders?.url,
      ORDERS_SPARE_URL: spare?.url,
      CATALOG_URL: catalog?.url,
      CONSOLE_URL: admin?.url,
    },
  },
);
stopTogether(gateway);

let isListening = false;
for await (const line of linesOf(gateway)) {
  // Workers say what they read before all of them listen.
  if (isListening || !line.includes('"event":"listening"')) {
    console.log(line);
    continue;
  }
  isListening = true;
  const { url } = JSON.parse(line) as { readonly url: string };
  console.log(`The shop listens on ${url}. Its routes, and who may call them:\n`);
  gwl("routes", shop);
  console.log(whatToTry(url, shop, provider.token({ sub: "alice", mfa: false, "cognito:groups": [] })));
}

function gwl(...words: readonly string[]): void {
  const { status } = spawnSync(process.execPath, [join(CLI, "bin.js"), ...words], { stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}

function linesOf({ stdout }: ChildProcess): AsyncIterable<string> {
  if (stdout === null) throw new Error("the gateway has no output");
  return createInterface({ input: stdout });
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, () => probe.close(() => resolve(true)));
  });
}

/** Ctrl-C reaches the gateway as well; it ends its calls, then this process ends, and with it the provider and the backends. */
function stopTogether(child: ChildProcess): void {
  process.on("SIGINT", () => undefined);
  for (const signal of ["SIGTERM", "SIGHUP"] as const) process.on(signal, () => child.kill("SIGTERM"));
  child.once("exit", (code) => process.exit(code ?? 1));
}
