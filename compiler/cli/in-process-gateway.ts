/** The compiled handler of a program, loaded into this process the way a bundle is: as a module from a file. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Start } from "../../runtime/contract/gateway.ts";
import type { EmittedModule } from "../model/emitted.ts";
import { BUNDLE } from "./bundle-goal.ts";
import { nodeHost } from "./node-host.ts";

export async function loadHandler(module: EmittedModule, cwd: string): Promise<Start> {
  const { transpileWhole } = await import("../bundle/index.ts");
  const folder = mkdtempSync(join(tmpdir(), "gwl-"));
  try {
    const file = join(folder, "handler.mjs");
    writeFileSync(file, await transpileWhole(module, BUNDLE.runtime, nodeHost(cwd)));
    const { createGateway }: { createGateway: (tables: Uint8Array) => Start } = await import(pathToFileURL(file).href);
    return createGateway(module.tables);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
