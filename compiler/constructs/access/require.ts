/** `require CONDITION because "..."`: a false one refuses the call; a true one opens nothing. */
import type { StatementConstruct } from "../construct.ts";
import { readPhrase } from "../phrase-reader.ts";
import { optionalReason, rulePiece } from "./read-rule.ts";

export const require: StatementConstruct = {
  kind: "statement",
  words: ["require"],
  within: ["gateway", "entry", "api", "group", "route", "policy"],
  summary: "what must hold for every call that is allowed",
  written: ['require CONDITION because "..."', "require CONDITION"],
  read: (statement, context, around) => {
    const phrase = readPhrase(statement, require, context);
    const condition = phrase.expression("a condition");
    const because = optionalReason(phrase, "require", context);
    return phrase.end() ? rulePiece("require", statement, { condition, because }, context, around) : undefined;
  },
};
