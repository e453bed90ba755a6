/** `deny when CONDITION because "..."`: a true one refuses the call, whatever allows it. */
import { finding } from "../../../grammar/source/diagnostic.ts";
import type { StatementConstruct } from "../construct.ts";
import { notSupportedYet } from "../frame.diagnostics.ts";
import { readPhrase } from "../phrase-reader.ts";
import { optionalReason, rulePiece } from "./read-rule.ts";

export const deny: StatementConstruct = {
  kind: "statement",
  words: ["deny"],
  within: ["gateway", "entry", "api", "group", "route", "policy"],
  summary: "callers that may not call, whatever allows it",
  written: ['deny when CONDITION because "..."', "deny when CONDITION", "deny"],
  read: (statement, context, around) => {
    const phrase = readPhrase(statement, deny, context);
    const next = phrase.peek();
    if (next?.kind === "name" && next.name === "observe") {
      context.report(finding(notSupportedYet, next.span, { what: "`deny observe`", instead: undefined }));
      return undefined;
    }
    const condition = phrase.takes("when") ? phrase.expression("a condition") : undefined;
    const because = optionalReason(phrase, "deny", context);
    return phrase.end() ? rulePiece("deny", statement, { condition, because }, context, around) : undefined;
  },
};
