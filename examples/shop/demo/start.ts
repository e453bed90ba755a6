/**
 * `npm start`: compiles the shop, starts an identity provider, four backends and the gateway on this machine, and shows what to
 * try. Ctrl-C stops everything.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { createInterface } from "node:readline";
import { startBackend } from "./backend.ts";
import { type IdentityProvider, startIdentityProvider } from "./identity-provider.ts";

const SHOP = join(import.meta.dirname, "..");
const GWL = join(SHOP, "../../compiler/cli/bin.js");
const WISHED_PORT = process.env["PORT"] ?? "8080";

const folder = mkdtempSync(join(tmpdir(), "gwl-shop-"));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));

gwl("build", relative(process.cwd(), SHOP), "--out", join(folder, "bundle"));
const provider = await startIdentityProvider();
const [orders, spare, catalog, console_] = await Promise.all(["orders", "orders (spare)", "catalog", "console"].map(startBackend));
const gateway = spawn(process.execPath, [join(folder, "bundle/server.js")], {
  stdio: ["ignore", "pipe", "inherit"],
  env: {
    ...process.env,
    STAGE: "dev",
    PORT: WISHED_PORT,
    WAREHOUSE_KEY: randomBytes(32).toString("hex"),
    CUSTOMER_ISSUER: provider.issuer,
    CUSTOMER_KEYS: provider.keysUrl,
    ORDERS_URL: orders?.url,
    ORDERS_SPARE_URL: spare?.url,
    CATALOG_URL: catalog?.url,
    CONSOLE_URL: console_?.url,
  },
});
stopTogether(gateway);
let isListening = false;
for await (const line of createInterface({ input: gateway.stdout })) {
  if (!isListening && line.includes('"listening"')) {
    isListening = true;
    show((JSON.parse(line) as { readonly url: string }).url, provider);
  } else console.log(line);
}

function gwl(...words: readonly string[]): void {
  const { status } = spawnSync(process.execPath, [GWL, ...words], { stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}

function show(url: string, { token }: IdentityProvider): void {
  const customer = token({ sub: "alice", mfa: false, "cognito:groups": [] });
  const shortened = '"Authorization: Bearer $TOKEN"';
  console.log(`\nThe shop listens on ${url}. Its routes, and who may call them:\n`);
  gwl("routes", relative(process.cwd(), SHOP));
  console.log(`
Try (a token for the customer alice, good for an hour):

  TOKEN=${customer}

  # allowed: 200, and the backend shows what it got
  curl -i ${url}/orders -H ${shortened}

  # denied: 403, alice has shown no second factor and does not call from the office
  curl -i -X DELETE ${url}/orders/ord_0123456789ab/support -H ${shortened}

  # unauthenticated: 401
  curl -i ${url}/orders

Why? Ask the compiler:  npx gwl explain "DELETE /orders/ord_0123456789ab/support" ${relative(process.cwd(), SHOP)} --as Customer --claims '{"sub":"alice","mfa":false,"groups":[]}' --from 127.0.0.1

Each call is one line of log here. Ctrl-C stops everything.
`);
}

/** Ctrl-C reaches the gateway as well; it ends its calls, then this process ends, and with it the provider and the backends. */
function stopTogether(child: ChildProcess): void {
  process.on("SIGINT", () => undefined);
  process.once("SIGTERM", () => child.kill("SIGTERM"));
  child.once("exit", (code) => process.exit(code ?? 1));
}
