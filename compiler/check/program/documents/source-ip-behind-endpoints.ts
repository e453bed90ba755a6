/** `aws:SourceIp` where callers come by VPC endpoints: nobody has it there, so the condition does not do what it says. */
import { type Diagnostic, finding } from "../../../../grammar/source/diagnostic.ts";
import type { Entry } from "../../../model/program.ts";
import type { Survey } from "../rules-in-force.ts";
import { sourceIpBehindEndpoints } from "./documents.diagnostics.ts";
import { type PlacedDocument, placedDocuments } from "./placed-documents.ts";

export function checkSourceIp(survey: Survey): readonly Diagnostic[] {
  const { entries } = survey.program;
  const listeners = entries.filter((entry) => entry.door.kind === "listener" && !leadsToEndpoints(entry, entries));
  return placedDocuments(survey).flatMap((placed) => {
    const endpoint = endpointBefore(placed, entries);
    if (endpoint === undefined) return [];
    const isAlone = placed.entry !== undefined || listeners.length === 0;
    return placed.file.document.statements.flatMap(({ conditions }, number) =>
      conditions.flatMap(({ key, operator, ifExists, quantifier }, at) => {
        const span = placed.file.places[number]?.conditions[at];
        if (key !== "aws:sourceip" || operator === "Null" || span === undefined) return [];
        const holds = ifExists || quantifier === "all" || (operator.includes("Not") && quantifier !== "any");
        const found = finding(sourceIpBehindEndpoints, span, { endpoint: endpoint.name, holds });
        return [isAlone ? found : { ...found, fixes: [] }];
      }),
    );
  });
}

/** A VPC endpoint by which callers come to it: its own, or one of those before an api that has no other doors than entries. */
function endpointBefore({ entry, routes }: PlacedDocument, entries: readonly Entry[]): Entry | undefined {
  if (entry !== undefined) return entry.door.kind === "endpoint" ? entry : undefined;
  const isPrivate = routes.length > 0 && routes.every(({ api }) => api?.isPrivate === true);
  return isPrivate ? entries.find(({ door }) => door.kind === "endpoint") : undefined;
}

function leadsToEndpoints({ name }: Entry, entries: readonly Entry[]): boolean {
  return entries.some(({ door }) => door.kind === "endpoint" && door.via === name);
}
