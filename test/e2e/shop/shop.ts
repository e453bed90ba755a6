/** The shop, built by the command line as a user would, into a folder of the test's own. */
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { BIN, ended, environment } from "../../cli/gwl.ts";

/** The folder of the shop's sources. */
export const SHOP = fileURLToPath(new URL("../../../examples/shop", import.meta.url));

export type Built = { readonly folder: string; readonly bundle: string };

/**
 * Sources as they are but for two data files: callers from loopback count as the CDN, so that a test may call from any address,
 * and the partner's key is `partnerKey`, where given, so that it can sign.
 */
export async function buildShop(partnerKey?: object): Promise<Built> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "gwl-shop-")));
  const sources = join(folder, "shop");
  const bundle = join(folder, "bundle");
  cpSync(SHOP, sources, { recursive: true });
  const cdn = join(sources, "lists/cdn.txt");
  writeFileSync(cdn, `${readFileSync(cdn, "utf8")}127.0.0.0/8\n::1\n`);
  if (partnerKey !== undefined) writeFileSync(join(sources, "keys/partner.jwks.json"), JSON.stringify({ keys: [partnerKey] }));
  const { code, out, err } = await ended(spawn(process.execPath, [BIN, "build", sources, "--out", bundle], { env: environment() }));
  if (code !== 0 || out !== "") throw new Error(`the shop does not build: ${out}${err}`);
  return { folder, bundle };
}
