/**
 * Writes a bundle so that a folder never holds half of a new one: all is written beside it first, then takes its place. Promises:
 * what is replaced is a bundle and nothing else.
 */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import type { Bundle } from "../model/emitted.ts";
import { inFileWords } from "./file-fault.ts";

export type Written = { readonly ok: true } | { readonly ok: false; readonly message: string };

const MANIFEST = "manifest.json";

/** `folder` may hold an earlier bundle, which is replaced, or nothing; anything else in it is not ours to remove. */
export function writeBundle(bundle: Bundle, folder: string): Written {
  let beside: string | undefined;
  try {
    const problem = existsSync(folder) ? strangerIn(folder) : undefined;
    if (problem !== undefined) return { ok: false, message: problem };
    const target = existsSync(folder) ? realpathSync(folder) : folder;
    mkdirSync(dirname(target), { recursive: true });
    beside = mkdtempSync(`${target}.new-`);
    const made = join(beside, "bundle");
    for (const { path, content } of bundle.files) {
      mkdirSync(dirname(join(made, path)), { recursive: true });
      writeFileSync(join(made, path), content);
    }
    takePlace(made, target, join(beside, "old"));
    return { ok: true };
  } catch (error) {
    return { ok: false, message: inFileWords(error, `cannot write \`${folder}\``) };
  } finally {
    if (beside !== undefined) rmSync(beside, { recursive: true, force: true });
  }
}

/** Two names change, nothing is copied; if the second cannot, the first goes back. */
function takePlace(made: string, target: string, old: string): void {
  const isThere = existsSync(target);
  if (isThere) renameSync(target, old);
  try {
    renameSync(made, target);
  } catch (error) {
    if (isThere) renameSync(old, target);
    throw error;
  }
}

/** What keeps a folder from being replaced. */
function strangerIn(folder: string): string | undefined {
  if (!statSync(folder).isDirectory()) return `\`${folder}\` is a file; a bundle is a folder`;
  const entries = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => !statSync(join(folder, path)).isDirectory());
  if (entries.length === 0) return undefined;
  const ours = filesOfBundle(folder);
  const stranger = entries.find((path) => !ours.has(path.replaceAll("\\", "/")));
  if (stranger === undefined) return undefined;
  return `\`${folder}\` holds \`${stranger}\`, which no \`gwl build\` wrote there; choose another folder, or remove it`;
}

/** By the manifest of an earlier bundle; none where there is no such manifest. */
function filesOfBundle(folder: string): ReadonlySet<string> {
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(folder, MANIFEST), "utf8"));
    if (typeof manifest !== "object" || manifest === null || !("files" in manifest) || !("compiler" in manifest)) return new Set();
    const { files, compiler } = manifest;
    if (typeof files !== "object" || files === null || !String(compiler).startsWith("gwl ")) return new Set();
    return new Set([MANIFEST, ...Object.keys(files)]);
  } catch {
    return new Set();
  }
}
