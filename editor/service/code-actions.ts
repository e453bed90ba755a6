/** What can be done about findings, and what can be made of a selection. Promises: each action is a list of edits that leaves a text that parses. */
import type { CodeAction, Edit, Finding } from "./answers.ts";
import { extractions } from "./extract.ts";
import { findingOf } from "./findings.ts";
import { organizeImports } from "./organize-imports.ts";
import type { Range } from "./places.ts";
import type { Breath } from "./program-view.ts";
import { repairs } from "./repairs.ts";
import type { FileView, Workspace } from "./workspace.ts";

export async function codeActions(workspace: Workspace, range: Range, breath: Breath): Promise<readonly CodeAction[]> {
  const seen = await workspace.file(range.path, breath);
  if (seen === undefined) return [];
  const found = (await findingsIn(seen)).filter((one) => one.range.start <= range.end && range.start <= one.range.end);
  const fixes = found.flatMap((finding) => quickFixes(seen, finding));
  const all = fixes.length === 0 ? [] : await fixAll(workspace, range.path, breath);
  const ordered = await organizeImports(workspace, range.path, breath);
  return [
    ...fixes,
    ...(all.length === 0 ? [] : [action("fix all that have one right answer", "fixAll", all)]),
    ...(ordered.length === 0 ? [] : [action("organise imports", "organizeImports", ordered)]),
    ...extractions(seen, range),
  ];
}

const action = (title: string, kind: CodeAction["kind"], edits: readonly Edit[]): CodeAction => ({
  title,
  kind,
  edits,
  isPreferred: false,
});

/** Of the whole program where that is known without an error, else of the statements. */
async function findingsIn(seen: FileView): Promise<readonly Finding[]> {
  const { findings } = await seen.whole();
  return findings.filter(({ span }) => span.file === seen.file).map((found) => findingOf(seen.view, found));
}

function quickFixes(seen: FileView, finding: Finding): readonly CodeAction[] {
  const fixes = fixesOf(seen, finding);
  return fixes.map(({ title, edits }) => ({
    title,
    kind: "quickfix",
    edits,
    fixes: { code: finding.code, range: finding.range },
    isPreferred: fixes.length === 1,
  }));
}

type Fix = { readonly title: string; readonly edits: readonly Edit[] };

const fixesOf = (seen: FileView, finding: Finding): readonly Fix[] => [...finding.fixes, ...repairs(seen, finding)];

/** The fixes of findings that have exactly one, the first of two that touch each other. */
export async function fixAll(workspace: Workspace, path: string, breath: Breath): Promise<readonly Edit[]> {
  const seen = await workspace.file(path, breath);
  if (seen === undefined) return [];
  const taken: Edit[] = [];
  for (const finding of await findingsIn(seen)) {
    const [fix, ...others] = fixesOf(seen, finding);
    if (fix === undefined || others.length > 0 || fix.edits.some((edit) => edit.path !== path)) continue;
    const isFree = fix.edits.every((edit) => taken.every((other) => edit.end < other.start || other.end < edit.start));
    if (isFree) taken.push(...fix.edits);
  }
  return taken.sort((a, b) => a.start - b.start);
}
