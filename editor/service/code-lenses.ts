/** Lines above tests and routes: run, explain. */
import type { CodeLens, Patience } from "./answers.ts";
import type { Breath } from "./program-view.ts";
import { routeNotes } from "./route-notes.ts";
import { testsIn } from "./tests.ts";
import { rangeOf, type Workspace } from "./workspace.ts";

export async function codeLenses(workspace: Workspace, path: string, patience: Patience, breath: Breath): Promise<readonly CodeLens[]> {
  const seen = await workspace.file(path, breath);
  if (seen === undefined) return [];
  const tests = testsIn(seen.view, seen.quick)
    .filter(({ range }) => range.path === path)
    .map(({ id, range }): CodeLens => ({ range, title: "run", command: { name: "runTest", test: id } }));
  const notes = await routeNotes(seen, patience);
  const routes = notes.map(({ start, end, rules, isPublic, identities }): CodeLens => {
    const range = rangeOf(seen.view, { file: seen.file, start, end });
    const callers = isPublic ? "public" : counted(identities, "identity", "identities");
    return { range, title: `${counted(rules, "rule", "rules")}, ${callers}: explain`, command: { name: "explainRoute", at: range } };
  });
  return [...tests, ...routes].sort((a, b) => a.range.start - b.range.start);
}

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;
