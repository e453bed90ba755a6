/**
 * Imports in order: names by path, each path once and each name once, unused ones left out, files that are taken in behind them. Promises: leaves
 * the imports alone where comments stand among them or a finding of the file might be about a name.
 */
import { importsOf, type WrittenImport } from "../../compiler/load/named-files.ts";
import type { Edit } from "./answers.ts";
import type { Breath } from "./program-view.ts";
import type { FileView, Workspace } from "./workspace.ts";

export async function organizeImports(workspace: Workspace, path: string, breath: Breath): Promise<readonly Edit[]> {
  const seen = await workspace.file(path, breath);
  if (seen === undefined) return [];
  const written = importsOf(seen.tree);
  const [first, last] = [written[0], written.at(-1)];
  if (first === undefined || last === undefined) return [];
  const { start } = first.statement.span;
  const { end } = last.statement.span;
  const old = seen.source.text.slice(start, end);
  const isTogether = seen.tree.entries.every(
    ({ span }) => span.end <= start || span.start >= end || written.some(({ statement }) => statement.span === span),
  );
  const isKnown = !seen.quick.findings.some(({ span, severity }) => span.file === seen.file && severity === "error");
  if (!isTogether || !isKnown || old.includes("//")) return [];
  const fresh = [...namedLines(seen, written), ...takenLines(written)].join("\n");
  return fresh === old ? [] : [{ path, start, end, text: fresh }];
}

function namedLines(seen: FileView, written: readonly WrittenImport[]): readonly string[] {
  const byPath = new Map<string, Set<string>>();
  for (const { names, path } of written) {
    const known = byPath.get(path.value) ?? new Set();
    for (const entry of names?.entries ?? []) if (entry.kind === "statement" && isUsed(seen, entry.word.name)) known.add(entry.word.name);
    if (names !== undefined) byPath.set(path.value, known);
  }
  return [...byPath]
    .filter(([, names]) => names.size > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, names]) => `import { ${[...names].sort().join(", ")} } from ${JSON.stringify(path)}`);
}

function takenLines(written: readonly WrittenImport[]): readonly string[] {
  const paths = new Set(written.filter(({ names }) => names === undefined).map(({ path }) => path.value));
  return [...paths].sort().map((path) => `import ${JSON.stringify(path)}`);
}

function isUsed({ check, quick, file }: FileView, name: string): boolean {
  const brought = quick.bound.scopes.get(file)?.imported.find((one) => one.name.name === name)?.declarations ?? [];
  return check.uses.some(({ declaration }) =>
    brought.some((one) => one.name.name === declaration.name.name && one.kind === declaration.kind && one.file === declaration.file),
  );
}
