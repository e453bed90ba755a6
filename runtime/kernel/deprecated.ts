/** What a deprecated route says beside the headers that it sets: links, and that it is one. */
import type { HeaderField, Outcome } from "../contract/gateway.ts";
import { withAddedFields } from "./added-fields.ts";

export function deprecatedOutcome(outcome: Outcome, { links }: { readonly links: readonly string[] }): Outcome {
  const fields = links.map((link): HeaderField => ["link", link]);
  return { ...outcome, decision: { ...outcome.decision, isDeprecated: true }, answer: withAddedFields(outcome.answer, fields) };
}
