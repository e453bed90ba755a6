/** Who is measured, each a process of its own before the same backend, on the same route with the same token. */
import { type ChildProcess, fork, spawn, spawnSync } from "node:child_process";
import { createPublicKey, type JsonWebKey } from "node:crypto";
import { once } from "node:events";
import { closeSync, cpSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BIN } from "../../cli/gwl.ts";
import { identityProvider } from "../../e2e/shop/parties.ts";
import { SHOP } from "../../e2e/shop/shop.ts";

export const names = ["gwl", "bare node:http", "fastify"] as const;
export type Name = (typeof names)[number];
export type Contenders = {
  /** Of each, and of the backend itself. */
  readonly ports: Readonly<Record<Name | "backend", number>>;
  readonly pids: Readonly<Record<Name, number>>;
  /** The whole of it, and the body of its answer. */
  readonly request: string;
  readonly body: string;
};

/** So many in each second that the limits count and never refuse. */
const mostCalls = 1_000_000;

const path = "/orders/ord_0123456789ab";
const body = `{"id":"ord_0123456789ab","state":"packed","lines":[{"sku":"AB-12","qty":2}]}`;

export async function withContenders<Result>(use: (contenders: Contenders) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), "gwl-throughput-"));
  const children: ChildProcess[] = [];
  const provider = await identityProvider();
  const started = async (script: string, words: readonly string[]): Promise<Started> => {
    const child = fork(join(import.meta.dirname, script), [...words]);
    children.push(child);
    const port = await Promise.race([once(child, "message"), once(child, "exit")]).then(([told]) => Number(told));
    if (child.exitCode !== null) throw new Error(`${script} ended`);
    return { port, pid: child.pid ?? 0 };
  };
  try {
    const backend = await started("order-backend.ts", [body]);
    const gwl = await gateway(folder, `http://127.0.0.1:${backend.port}`, provider.url, children);
    const bare = await started("bare-proxy.ts", [String(backend.port)]);
    const words = [String(backend.port), provider.url, await publicKey(provider.url), join(folder, "fastify.log"), String(mostCalls)];
    const fastify = await started("fastify-proxy.ts", words);
    const token = provider.token({ exp: Math.floor(Date.now() / 1000) + 3600 });
    const request = `GET ${path} HTTP/1.1\r\nHost: localhost\r\nUser-Agent: figure/1.0\r\nAccept: */*\r\nAuthorization: Bearer ${token}\r\n\r\n`;
    return await use({
      ports: { gwl: gwl.port, "bare node:http": bare.port, fastify: fastify.port, backend: backend.port },
      pids: { gwl: gwl.pid, "bare node:http": bare.pid, fastify: fastify.pid },
      request,
      body,
    });
  } finally {
    provider.close();
    for (const child of children.toReversed()) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const gone = once(child, "exit");
      child.kill("SIGTERM");
      await gone;
    }
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Of the provider, in PEM. */
async function publicKey(issuer: string): Promise<string> {
  const { keys } = (await (await fetch(`${issuer}/jwks.json`)).json()) as { readonly keys: readonly [JsonWebKey] };
  return String(createPublicKey({ key: keys[0], format: "jwk" }).export({ type: "spki", format: "pem" }));
}

type Started = { readonly port: number; readonly pid: number };

/** The shop's own bundle but for a limit and figures, which its sources do not have. Its log goes into a file, as the other's does. */
async function gateway(folder: string, backend: string, issuer: string, children: ChildProcess[]): Promise<Started> {
  const [sources, bundle, log] = ["shop", "bundle", "gwl.log"].map((name) => join(folder, name)) as [string, string, string];
  cpSync(SHOP, sources, { recursive: true });
  const main = join(sources, "gateway.gwl");
  const more = `\n  throttle ${mostCalls}/s burst ${mostCalls} by client.ip\n  observe { listen unix "${join(folder, "figures")}" }\n  metrics\n`;
  writeFileSync(
    main,
    readFileSync(main, "utf8").replace(/^gateway shop \{$/m, (line) => line + more),
  );
  const { status, stderr } = spawnSync(process.execPath, [BIN, "build", sources, "--quiet", "--out", bundle], { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  const out = openSync(log, "w");
  const child = spawn(process.execPath, [...process.execArgv, join(bundle, "server.js")], {
    env: {
      WORKERS: "0",
      STAGE: "dev",
      PORT: "0",
      WAREHOUSE_KEY: "0123456789abcdef0123456789abcdef-test",
      CUSTOMER_ISSUER: issuer,
      CUSTOMER_KEYS: `${issuer}/jwks.json`,
      ORDERS_URL: backend,
      ORDERS_SPARE_URL: backend,
      CATALOG_URL: backend,
      CONSOLE_URL: backend,
    },
    stdio: ["ignore", out, "inherit"],
  });
  closeSync(out);
  children.push(child);
  for (let waited = 0; waited < 300; waited++) {
    const [line, behind] = readFileSync(log, "utf8").split("\n");
    if (line !== undefined && behind !== undefined) return { ...(JSON.parse(line) as { readonly port: number }), pid: child.pid ?? 0 };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("the gateway does not listen");
}
