/** Lines above tests and routes: run, explain. */
import type { CodeLens } from "./answers.ts";
import type { Breath } from "./program-view.ts";
import { ruleReach } from "./rule-reach.ts";
import { testsIn } from "./tests.ts";
import { rangeOf, type Workspace } from "./workspace.ts";

export async function codeLenses(workspace: Workspace, path: string, breath: Breath): Promise<readonly CodeLens[]> {
  const seen = await workspace.file(path, breath);
  if (seen === undefined) return [];
  const tests = testsIn(seen.view, seen.quick)
    .filter(({ range }) => range.path === path)
    .map(({ id, range }): CodeLens => ({ range, title: "run", command: { name: "runTest", test: id } }));
  const { ir } = await seen.whole();
  if (ir === undefined) return tests;
  const routes = ir.routes.flatMap((route): readonly CodeLens[] => {
    if (route.span.file !== seen.file) return [];
    const range = rangeOf(seen.view, route.span);
    const rules = counted(ruleReach(ir).rulesOf(route).length, "rule", "rules");
    const identities = route.isPublic ? "public" : counted(route.accept.length, "identity", "identities");
    return [{ range, title: `${rules}, ${identities}: explain`, command: { name: "explainRoute", at: range } }];
  });
  return [...tests, ...routes].sort((a, b) => a.range.start - b.range.start);
}

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;
