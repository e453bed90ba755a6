/**
 * Which programs a workspace has: each is known by its main file. Promises: a file that nobody imports is a main file, so a library without a
 * gateway is checked as well; looks at the text of imports only, as reading them to the letter is the loader's work.
 */
import type { SourceFile } from "../../grammar/index.ts";
import { readPath } from "../../compiler/load/paths.ts";
import { once } from "../../compiler/model/once.ts";

export type SourcesSeen = {
  readonly paths: readonly string[];
  readonly source: (path: string) => SourceFile | undefined;
  readonly resolve: (path: string) => string | undefined;
};

export function mainFiles(seen: SourcesSeen): readonly string[] {
  const imports = new Map(seen.paths.map((path) => [path, importedBy(path, seen)]));
  const imported = new Set([...imports].flatMap(([path, targets]) => targets.filter((target) => target !== path)));
  const mains = seen.paths.filter((path) => !imported.has(path));
  const reached = new Set<string>();
  const reach = (start: string): void => {
    const open = [start];
    for (let path = open.pop(); path !== undefined; path = open.pop()) {
      if (reached.has(path)) continue;
      reached.add(path);
      open.push(...(imports.get(path) ?? []));
    }
  };
  for (const path of mains) reach(path);
  // What is left imports itself in circles: whoever has a gateway leads, else the first.
  const left = seen.paths.filter((path) => !reached.has(path));
  for (const path of [...left.filter((one) => hasGateway(seen.source(one))), ...left]) {
    if (reached.has(path)) continue;
    mains.push(path);
    reach(path);
  }
  return mains.sort();
}

/** Absolute paths of the files that the one at `path` names in its imports. */
export function importedBy(path: string, { source, resolve }: Pick<SourcesSeen, "source" | "resolve">): readonly string[] {
  const found = source(path);
  return found === undefined ? [] : writtenImports(found).flatMap((written) => importTarget(path, written, resolve) ?? []);
}

const writtenImports = once(({ text }: SourceFile): readonly string[] =>
  [...text.matchAll(/^[ \t]*import\b[^"]{0,10000}"([^"\n]*)"/gm)].map(([, path = ""]) => path),
);

function hasGateway(source: SourceFile | undefined): boolean {
  return source !== undefined && /^[ \t]*gateway\b/m.test(source.text);
}

/** The absolute path that `written` means in the file `path`. */
export function importTarget(path: string, written: string, resolve: SourcesSeen["resolve"]): string | undefined {
  const reading = readPath(path.slice(1), written);
  return reading.kind === "path" ? resolve(`/${reading.path}`) : undefined;
}
