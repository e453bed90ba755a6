/** The packages that are inside a bundle, with the licences under which they may be. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Folders of packages, by the paths of the files that were bundled. */
export function bundledPackages(paths: readonly string[]): readonly string[] {
  const folders = paths.flatMap((path) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []);
  return [...new Set(folders)].sort();
}

/** One text. Throws where a package comes without its licence. */
export function licensesOf(folders: readonly string[], root: string): string {
  const texts = folders.map((folder) => {
    const file = readdirSync(join(root, folder)).find((name) => /^licen[cs]e(\.|$)/i.test(name));
    if (file === undefined) throw new Error(`${folder} has no licence beside it, so it cannot be bundled`);
    const { name, version } = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8")) as { name: string; version: string };
    return `${name} ${version}\n\n${readFileSync(join(root, folder, file), "utf8").trim()}\n`;
  });
  return `The scripts in this folder hold these packages.\n\n${texts.join(`\n${"-".repeat(80)}\n\n`)}`;
}
