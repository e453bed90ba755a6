/** Writes a bundle so that a folder never holds half of a new one: all is written beside it first, then takes its place. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Bundle } from "../model/emitted.ts";

export type Written = { readonly ok: true } | { readonly ok: false; readonly message: string };

/** `folder` may hold an earlier bundle, which is replaced, or nothing; anything else in it is not ours to remove. */
export function writeBundle(bundle: Bundle, folder: string): Written {
  if (existsSync(folder) && !isReplaceable(folder)) {
    return { ok: false, message: `\`${folder}\` holds other files; choose a new folder, or one that \`gwl build\` wrote` };
  }
  const beside = `${folder}.${process.pid}.new`;
  rmSync(beside, { recursive: true, force: true });
  mkdirSync(beside, { recursive: true });
  for (const { path, content } of bundle.files) {
    mkdirSync(dirname(join(beside, path)), { recursive: true });
    writeFileSync(join(beside, path), content);
  }
  rmSync(folder, { recursive: true, force: true });
  renameSync(beside, folder);
  return { ok: true };
}

function isReplaceable(folder: string): boolean {
  const entries = readdirSync(folder);
  return entries.length === 0 || (entries.includes("manifest.json") && entries.includes("handler.js") && entries.includes("tables.bin"));
}
