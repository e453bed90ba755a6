/**
 * `endpoint_policy`: what passes by a door, in the words of an IAM document or of GWL. Promises: each statement of a document is a rule of
 * the entry with a place in its file.
 */
import type { StatementConstruct } from "../../construct.ts";
import { readPhrase } from "../../phrase-reader.ts";
import { nativeRules, ownRules, useOf } from "../iam/document-rules.ts";
import { readPolicyText } from "../iam/read-policy.ts";

export const endpointPolicy: StatementConstruct = {
  kind: "statement",
  words: ["endpoint_policy"],
  within: ["entry"],
  summary: "what passes by the entry, by an IAM document or by rules that belong together",
  written: ['endpoint_policy from "policy.json"', "endpoint_policy { allow when CONDITION, deny when CONDITION, ... }"],
  read: (statement, context, around) => {
    const phrase = readPhrase(statement, endpointPolicy, context);
    const block = phrase.optionalBlock();
    if (block !== undefined) return phrase.end() ? useOf(statement, ownRules(block, context, around), context) : undefined;
    const path = phrase.word("from") ? phrase.text("the path of a JSON file in quotes") : undefined;
    if (!phrase.end() || path === undefined) return undefined;
    const data = context.data(path, "policy");
    const file = data && readPolicyText(data.file, data.text, { kind: "endpoint", report: context.report });
    return file && useOf(statement, nativeRules(file, context), context);
  },
};
