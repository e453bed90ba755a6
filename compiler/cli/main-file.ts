/** Which file a command means: the one given, the `gateway.gwl` of the folder given, or of the current folder. */
import { readdirSync, statSync } from "node:fs";
import { join, relative, resolve } from "node:path";

export type MainFile = { readonly ok: true; readonly path: string } | { readonly ok: false; readonly message: string };

const DEFAULT = "gateway.gwl";
const MOST_SHOWN = 3;

/** `path` is relative to `cwd` where it lies below. */
export function findMainFile(cwd: string, given: string | undefined): MainFile {
  const start = resolve(cwd, given ?? ".");
  const kind = kindOf(start);
  if (kind === undefined) return { ok: false, message: `there is no \`${given ?? cwd}\`` };
  const path = kind === "folder" ? join(start, DEFAULT) : start;
  if (kindOf(path) !== undefined) return { ok: true, path: shownPath(cwd, path) };
  const where = given === undefined ? "the current folder" : `\`${given}\``;
  return { ok: false, message: `${where} has no ${DEFAULT}; ${otherwise(start)}` };
}

/** As a person in `cwd` would name it: relative below it, absolute elsewhere. */
export function shownPath(cwd: string, path: string): string {
  const below = relative(cwd, path);
  return below === "" ? "." : below.startsWith("..") ? path : below;
}

function kindOf(path: string): "file" | "folder" | undefined {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? undefined : stat.isDirectory() ? "folder" : "file";
}

function otherwise(folder: string): string {
  const others = sourcesIn(folder);
  if (others.length === 0) return "name a .gwl file, or start one with `gwl init`";
  const shown = others.slice(0, MOST_SHOWN).map((name) => `\`${name}\``);
  return `name a .gwl file: there ${others.length === 1 ? "is" : "are"} ${shown.join(", ")}${others.length > MOST_SHOWN ? " and more" : ""}`;
}

function sourcesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith(".gwl") && kindOf(join(folder, name)) === "file");
  } catch {
    return [];
  }
}
