/** Which file a command means: the one given, the `gateway.gwl` of the folder given, or of the current folder. */
import { existsSync, statSync } from "node:fs";
import { join, relative, resolve } from "node:path";

export type MainFile = { readonly ok: true; readonly path: string } | { readonly ok: false; readonly message: string };

const DEFAULT = "gateway.gwl";

/** `path` is relative to `cwd` where it lies below. */
export function findMainFile(cwd: string, given: string | undefined): MainFile {
  const start = resolve(cwd, given ?? ".");
  if (!existsSync(start)) return { ok: false, message: `there is no \`${given}\`` };
  const path = statSync(start).isDirectory() ? join(start, DEFAULT) : start;
  if (existsSync(path)) {
    const below = relative(cwd, path);
    return { ok: true, path: below.startsWith("..") ? path : below };
  }
  const where = given === undefined ? "the current folder" : `\`${given}\``;
  return { ok: false, message: `${where} has no ${DEFAULT}; name a .gwl file, or start one with \`gwl init\`` };
}
