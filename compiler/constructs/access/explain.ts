/** `explain refusals`: refusals may say the reasons of the rules that made them (D23). */
import type { StatementConstruct } from "../construct.ts";
import { readPhrase } from "../phrase-reader.ts";

export const explain: StatementConstruct = {
  kind: "statement",
  words: ["explain"],
  within: ["gateway"],
  summary: "lets refusals say the reasons of the rules that made them",
  written: ["explain refusals"],
  read: (statement, context) => {
    const phrase = readPhrase(statement, explain, context);
    phrase.word("refusals");
    return phrase.end() ? { kind: "explainRefusals", span: statement.span } : undefined;
  },
};
