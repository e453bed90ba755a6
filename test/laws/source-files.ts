/** The project's own TypeScript files and what each imports, for the tests that hold the house to its laws. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix, relative } from "node:path";

export const ROOT = join(import.meta.dirname, "../..");

export type Import = { readonly from: string; readonly to: string; readonly isExternal: boolean };
export type SourceText = { readonly path: string; readonly text: string; readonly imports: readonly Import[] };

export function sourceFiles(...folders: readonly string[]): readonly SourceText[] {
  return folders.flatMap((folder) => filesBelow(folder)).map(read);
}

export function filesBelow(folder: string, ending = ".ts"): readonly string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).replaceAll("\\", "/"))
    .filter((path) => !/(^|\/)(node_modules|dist|out)\//.test(path))
    .sort();
}

function read(path: string): SourceText {
  const text = readFileSync(join(ROOT, path), "utf8");
  const specifiers = [
    ...text.matchAll(/(?:^|\n)\s*(?:import|export)\b[^"'`;]*?\bfrom\s+"([^"]+)"|\bimport\(\s*"([^"]+)"\s*\)|(?:^|\n)import\s+"([^"]+)"/g),
  ];
  const imports = specifiers.map((match) => {
    const to = match[1] ?? match[2] ?? match[3] ?? "";
    const isExternal = !to.startsWith(".");
    return { from: path, to: isExternal ? to : posix.normalize(posix.join(dirname(path), to)), isExternal };
  });
  return { path, text, imports };
}
