/**
 * An emitted module as one text that an engine can run at once, for tests of programs: quick, and without any file. The
 * runtime is either inside, or is asked for, so that many small gateways can share one.
 */
import type { EmittedModule } from "../model/emitted.ts";
import { buildScript } from "./build-script.ts";
import type { BundleHost } from "./virtual-files.ts";

const nothing: BundleHost = { read: () => ({ ok: false, why: "missing" }), sha256: () => "" };

/** CommonJS: `exports.createGateway`, with one `require`, of `gwl/runtime`. */
export async function transpile(module: EmittedModule): Promise<string> {
  const files = { generated: generatedFiles(module), runtime: "", external: ["gwl/runtime"] };
  return buildScript(files, "handler.ts", "cjs", nothing);
}

/** An ES module with all that it needs. `runtime`: absolute path of that folder. */
export async function transpileWhole(module: EmittedModule, runtime: string, host: BundleHost): Promise<string> {
  const files = { generated: generatedFiles(module), runtime, external: [] };
  return buildScript(files, "handler.ts", "esm", host);
}

export function generatedFiles({ handler, validators }: EmittedModule): ReadonlyMap<string, string> {
  return new Map([
    ["handler.ts", handler],
    ["validators.js", validators],
  ]);
}
