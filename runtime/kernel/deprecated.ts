/** What a deprecated route says beside the headers that it sets: links, and that it is one. */
import type { Answer, HeaderField, Outcome } from "../contract/gateway.ts";

export function deprecatedOutcome(outcome: Outcome, { links }: { readonly links: readonly string[] }): Outcome {
  return { ...outcome, decision: { ...outcome.decision, isDeprecated: true }, answer: withLinks(outcome.answer, links) };
}

function withLinks(answer: Answer, links: readonly string[]): Answer {
  if (links.length === 0) return answer;
  const fields = links.map((link): HeaderField => ["link", link]);
  if (answer.kind === "local") return { ...answer, headers: [...answer.headers, ...fields] };
  return { ...answer, addedHeaders: [...(answer.addedHeaders ?? []), ...fields] };
}
