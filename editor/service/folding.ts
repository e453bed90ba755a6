/** What can be folded, and what grows around the cursor. Promises: from the tree alone; ranges around a place hold each other. */
import { lex, endOf } from "../../grammar/lex.ts";
import { positionAt, type SourceFile, type Span, visit } from "../../grammar/index.ts";
import { importsOf } from "../../compiler/load/named-files.ts";
import type { Folding } from "./answers.ts";
import { nodesAt } from "./name-at.ts";
import type { Range } from "./places.ts";
import type { Breath } from "./program-view.ts";
import type { Workspace } from "./workspace.ts";

export async function foldings(workspace: Workspace, path: string, breath: Breath): Promise<readonly Folding[]> {
  const seen = await workspace.file(path, breath);
  if (seen === undefined) return [];
  const { source, tree } = seen;
  const found: Folding[] = [];
  visit(tree, (node) => {
    if (node.kind === "block") found.push({ start: node.span.start, end: node.span.end, kind: "block" });
  });
  const imports = importsOf(tree);
  const [first, last] = [imports[0], imports.at(-1)];
  if (first !== undefined && last !== undefined)
    found.push({ start: first.statement.span.start, end: last.statement.span.end, kind: "imports" });
  found.push(...commentRuns(source));
  return found.filter(({ start, end }) => lineOf(source, start) < lineOf(source, end));
}

const lineOf = (source: SourceFile, offset: number): number => positionAt(source, offset).line;

/** Comments on lines of their own that follow each other. */
function commentRuns(source: SourceFile): readonly Folding[] {
  const runs: { start: number; end: number; kind: "comment" }[] = [];
  for (const comment of lex(source).comments) {
    const { startOffset: start } = comment;
    const before = source.text.slice(source.text.lastIndexOf("\n", start - 1) + 1, start);
    if (before.trim() !== "") continue;
    const last = runs.at(-1);
    if (last !== undefined && lineOf(source, last.end) + 1 === lineOf(source, start)) last.end = endOf(comment);
    else runs.push({ start, end: endOf(comment), kind: "comment" });
  }
  return runs;
}

export async function selectionRanges(
  workspace: Workspace,
  path: string,
  offsets: readonly number[],
  breath: Breath,
): Promise<readonly (readonly Range[])[]> {
  const seen = await workspace.file(path, breath);
  if (seen === undefined) return offsets.map(() => []);
  return offsets.map((offset) => {
    const spans: Pick<Span, "start" | "end">[] = nodesAt(seen.tree, offset)
      .toReversed()
      .flatMap((node) => (node.kind === "block" ? [inside(node.span), node.span] : [node.span]));
    const all = [...spans, { start: 0, end: seen.source.text.length }];
    const growing: Range[] = [];
    for (const { start, end } of all) {
      const last = growing.at(-1);
      const holdsLast = last === undefined || (start <= last.start && last.end <= end && (start < last.start || last.end < end));
      if (holdsLast && start <= offset && offset <= end) growing.push({ path, start, end });
    }
    return growing;
  });
}

/** What stands between the braces. */
const inside = ({ start, end }: Span): Pick<Span, "start" | "end"> => ({
  start: Math.min(start + 1, end),
  end: Math.max(start + 1, end - 1),
});
