/** What is not written but holds: the types of constants, the rules that a route has from the levels around it. */
import { visit } from "../../grammar/index.ts";
import { shortType } from "../../compiler/check/types/print-type.ts";
import type { InlayHint } from "./answers.ts";
import type { Range } from "./places.ts";
import type { Breath } from "./program-view.ts";
import { ruleReach } from "./rule-reach.ts";
import type { FileView, Workspace } from "./workspace.ts";

export async function inlayHints(workspace: Workspace, { path, start, end }: Range, breath: Breath): Promise<readonly InlayHint[]> {
  const seen = await workspace.file(path, breath);
  if (seen === undefined) return [];
  return [...constantTypes(seen), ...(await inheritedRules(seen))]
    .filter(({ offset }) => start <= offset && offset <= end)
    .sort((a, b) => a.offset - b.offset);
}

function constantTypes({ quick, check, file }: FileView): readonly InlayHint[] {
  return quick.bound.declarations.flatMap((one): readonly InlayHint[] => {
    const [name, mark, value] = one.statement.phrase.terms;
    if (one.kind !== "let" || one.file !== file || name === undefined || mark?.kind !== "mark" || mark.mark !== "=") return [];
    if (value === undefined || value.kind === "mark" || value.kind === "block") return [];
    const type = check.types.get(value)?.type;
    return type === undefined || type.kind === "poison" ? [] : [{ offset: name.span.end, label: `: ${shortType(type)}`, kind: "type" }];
  });
}

/** Rules whose first statement stands outside the route. */
async function inheritedRules(seen: FileView): Promise<readonly InlayHint[]> {
  const { program, ir } = await seen.whole();
  if (ir === undefined) return [];
  const reach = ruleReach(ir);
  const ends = headEnds(seen);
  return ir.routes.flatMap((route): readonly InlayHint[] => {
    const place = ends.get(route.span.start);
    if (route.span.file !== seen.file || place === undefined) return [];
    const inherited = reach.rulesOf(route).filter(({ sites: [outermost] }) => {
      const span = program.sites[outermost ?? -1]?.span;
      return span !== undefined && !(span.file === seen.file && place.start <= span.start && span.end <= place.end);
    });
    if (inherited.length === 0) return [];
    const label = `${inherited.length} inherited ${inherited.length === 1 ? "rule" : "rules"}`;
    return [{ offset: place.head, label, kind: "rules", tooltip: inherited.map((rule) => `- \`${rule.label}\``).join("\n") }];
  });
}

/** Where the head of each statement ends, by its start. */
function headEnds({ tree }: FileView): ReadonlyMap<number, { readonly start: number; readonly end: number; readonly head: number }> {
  const ends = new Map<number, { readonly start: number; readonly end: number; readonly head: number }>();
  visit(tree, (node) => {
    if (node.kind !== "statement") return node.kind === "file" || node.kind === "block";
    const block = node.phrase.terms.at(-1);
    const before = block?.kind === "block" ? (node.phrase.terms.at(-2)?.span.end ?? node.word.span.end) : node.span.end;
    ends.set(node.word.span.start, { start: node.span.start, end: node.span.end, head: before });
    return true;
  });
  return ends;
}
