/** A host whose main file is what an editor has not saved yet. Everything else is read from disk. */
import { dirname, join, basename, resolve } from "node:path";
import type { CompilerHost } from "../host.ts";
import { nodeHost } from "./node-host.ts";

/** `path` names the file that `bytes` stand for; it need not exist. */
export function stdinHost(cwd: string, path: string, bytes: Uint8Array): CompilerHost {
  const disk = nodeHost(cwd);
  const wanted = resolve(cwd, path);
  const real = disk.resolve(wanted) ?? `${disk.resolve(dirname(wanted)) ?? dirname(wanted)}/${basename(wanted)}`;
  return {
    ...disk,
    resolve: (given) => disk.resolve(given) ?? (join(resolve(cwd, given)) === wanted ? real : undefined),
    read: (given, limit) => {
      if (given !== real) return disk.read(given, limit);
      return bytes.length > limit ? { ok: false, why: "too-large" } : { ok: true, bytes };
    },
  };
}
