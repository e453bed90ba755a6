/** The .gwl files that files and folders on a command line mean. */
import { readdirSync, realpathSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { inFileWords } from "./file-fault.ts";

export type FoundSources = { readonly ok: true; readonly files: readonly string[] } | { readonly ok: false; readonly message: string };

/** Absolute, each once. A folder's are sorted; links in it, `node_modules` and what begins with a dot are passed over. */
export function findSources(given: readonly string[], cwd: string): FoundSources {
  const missing = given.filter((path) => statSync(resolve(cwd, path), { throwIfNoEntry: false }) === undefined);
  if (missing.length > 0) return { ok: false, message: `there is no \`${missing.join("`, `")}\`` };
  try {
    return { ok: true, files: [...new Set(given.flatMap((path) => sourcesAt(resolve(cwd, path))).map((path) => realpathSync(path)))] };
  } catch (error) {
    return { ok: false, message: inFileWords(error, "cannot look into a folder") };
  }
}

function sourcesAt(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .flatMap((entry) => {
      const inner = join(path, entry.name);
      if (entry.isDirectory()) return entry.name === "node_modules" || entry.name.startsWith(".") ? [] : sourcesAt(inner);
      return entry.isFile() && entry.name.endsWith(".gwl") ? [inner] : [];
    })
    .sort();
}
