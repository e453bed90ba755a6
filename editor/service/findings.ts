/** Findings of the compiler as an editor shows them. Promises: each once, though a file may belong to several programs. */
import { type Diagnostic, parseSource, sourceFile } from "../../grammar/index.ts";
import type { Edit, Finding, Findings } from "./answers.ts";
import type { Breath, ProgramView } from "./program-view.ts";
import { rangeOf, type Workspace } from "./workspace.ts";

/** What the text alone shows. */
export function syntaxFindings(workspace: Workspace, path: string): readonly Finding[] {
  const source = workspace.texts.source(path);
  if (source === undefined) return [];
  const { diagnostics } = parseSource(sourceFile(path.slice(1), source.text));
  return diagnostics.map((found) => findingOf({ root: "/" }, found));
}

export async function quickFindings(workspace: Workspace, breath: Breath): Promise<Findings> {
  return gathered(workspace, async (view) => (await view.quick(breath)).findings);
}

export async function allFindings(workspace: Workspace, breath: Breath): Promise<Findings> {
  return gathered(workspace, async (view) => (await view.whole(breath)).findings);
}

async function gathered(workspace: Workspace, ask: (view: ProgramView) => Promise<readonly Diagnostic[]>): Promise<Findings> {
  const byPath = new Map<string, Map<string, Finding>>(workspace.texts.paths().map((path) => [path, new Map()]));
  for (const view of workspace.programs()) {
    for (const found of await ask(view)) {
      const finding = findingOf(view, found);
      const { path, start, end } = finding.range;
      const known = byPath.get(path) ?? new Map<string, Finding>();
      byPath.set(path, known.set(`${finding.code} ${start} ${end} ${finding.message}`, finding));
    }
  }
  return new Map([...byPath].map(([path, found]) => [path, [...found.values()]]));
}

export function findingOf(view: Pick<ProgramView, "root">, found: Diagnostic): Finding {
  const { code, name, severity, message, label, help, tags } = found;
  const place = (span: Diagnostic["span"]): ReturnType<typeof rangeOf> => rangeOf(view, span);
  const edit = (one: Diagnostic["fixes"][number]["edits"][number]): Edit => ({ ...place(one.span), text: one.text });
  return {
    code,
    name,
    severity,
    message,
    range: place(found.span),
    ...(label === undefined ? {} : { label }),
    ...(help === undefined ? {} : { help }),
    related: found.related.map((one) => ({ range: place(one.span), message: one.message })),
    tags,
    fixes: found.fixes.map(({ title, edits }) => ({ title, edits: edits.map(edit) })),
    page: `diagnostics/${code}.md`,
  };
}
