/** `allow when CONDITION`: one way in. Where it always holds and nobody must authenticate, the whole-program check refuses it. */
import type { StatementConstruct } from "../construct.ts";
import { readPhrase } from "../phrase-reader.ts";
import { optionalReason, rulePiece } from "./read-rule.ts";

export const allow: StatementConstruct = {
  kind: "statement",
  words: ["allow"],
  within: ["gateway", "entry", "api", "group", "route", "policy"],
  summary: "callers that may call, if nothing denies it",
  written: ["allow when CONDITION", "allow"],
  read: (statement, context, around) => {
    const phrase = readPhrase(statement, allow, context);
    const condition = phrase.takes("when") ? phrase.expression("a condition") : undefined;
    const because = optionalReason(phrase, "allow", context);
    return phrase.end() ? rulePiece("allow", statement, { condition, because }, context, around) : undefined;
  },
};
