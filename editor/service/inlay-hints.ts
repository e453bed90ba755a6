/** What is not written but holds: the types of constants, the rules that a route has from the levels around it. */
import { shortType } from "../../compiler/check/types/print-type.ts";
import type { InlayHint, Patience } from "./answers.ts";
import type { Range } from "./places.ts";
import type { Breath } from "./program-view.ts";
import { routeNotes } from "./route-notes.ts";
import type { FileView, Workspace } from "./workspace.ts";

export async function inlayHints(
  workspace: Workspace,
  { path, start, end }: Range,
  patience: Patience,
  breath: Breath,
): Promise<readonly InlayHint[]> {
  const seen = await workspace.file(path, breath);
  if (seen === undefined) return [];
  return [...constantTypes(seen), ...(await inheritedRules(seen, patience))]
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

async function inheritedRules(seen: FileView, patience: Patience): Promise<readonly InlayHint[]> {
  const notes = await routeNotes(seen, patience);
  return notes.flatMap(({ head, inherited }): readonly InlayHint[] => {
    if (inherited.length === 0) return [];
    const label = `${inherited.length} inherited ${inherited.length === 1 ? "rule" : "rules"}`;
    return [{ offset: head, label, kind: "rules", tooltip: inherited.map((rule) => `- \`${rule}\``).join("\n") }];
  });
}
