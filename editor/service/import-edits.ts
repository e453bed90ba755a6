/** The edits that make a file see a declaration of another. Promises: names go into the import that is there, else a line is put behind the last one. */
import type { Declaration } from "../../compiler/bind/declaration.ts";
import { importsOf } from "../../compiler/load/named-files.ts";
import type { Edit } from "./answers.ts";
import type { FileView } from "./workspace.ts";

export function importEdits(seen: FileView, { name, file }: Pick<Declaration, "name" | "file">): readonly Edit[] {
  const { path, source, tree, quick } = seen;
  const loaded = quick.bound.loaded.files.find((one) => one.file === seen.file);
  const known = loaded?.imports.find(({ target, names }) => target === file && names !== undefined)?.names;
  const last = known?.entries.at(-1);
  if (known !== undefined && last !== undefined) return [{ path, start: last.span.end, end: last.span.end, text: `, ${name.name}` }];
  const line = `import { ${name.name} } from "${relativePath(seen.file, file)}"\n`;
  const [first] = tree.entries;
  const head = importsOf(tree).at(-1)?.statement ?? (first?.kind === "statement" && first.word.name === "gwl" ? first : undefined);
  if (head === undefined) return [{ path, start: 0, end: 0, text: line }];
  const end = source.text.indexOf("\n", head.span.end);
  const at = end === -1 ? source.text.length : end + 1;
  const before = (end === -1 ? "\n" : "") + (head.word.name === "gwl" ? "\n" : "");
  return [{ path, start: at, end: at, text: before + line }];
}

/** How `from` names `to`; both are relative to one root. */
export function relativePath(from: string, to: string): string {
  const [folders, parts] = [from.split("/").slice(0, -1), to.split("/")];
  let shared = 0;
  while (shared < folders.length && shared < parts.length - 1 && folders[shared] === parts[shared]) shared++;
  const up = folders.slice(shared).map(() => "..");
  return `${up.length === 0 ? "./" : ""}${[...up, ...parts.slice(shared)].join("/")}`;
}
