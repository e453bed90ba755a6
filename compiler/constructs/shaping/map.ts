/**
 * `map body { id: params.id, total: body.pay.amount }`: the JSON that the backend gets as body; with `response` that of the answer. Promises: whatever it reads is there, and has a form as
 * JSON.
 */
import type { Statement } from "../../../grammar/ast.ts";
import type { Around, CheckContext } from "../../check/context.ts";
import { checkValue } from "../../check/expressions/check-expression.ts";
import type { StatementConstruct } from "../construct.ts";
import { readPhrase } from "../phrase-reader.ts";
import type { Piece } from "../piece.ts";

export const map: StatementConstruct = {
  kind: "statement",
  words: ["map"],
  within: ["route"],
  summary: "makes the JSON body that the backend gets, or that of the answer",
  written: [
    "map body { name: EXPRESSION, list: body.list.map(one: { name: one.name }), note: optional body.note }",
    "map response body { name: response.body.name }",
  ],
  read,
};

function read(statement: Statement, context: CheckContext, around: Around): Piece | undefined {
  const phrase = readPhrase(statement, map, context);
  const isAnswer = phrase.takes("response");
  const block = phrase.word("body") ? phrase.block("a record, as in `{ id: params.id }`") : undefined;
  if (!phrase.end() || block === undefined || around.reads.kind !== "request") return undefined;
  const { span } = statement;
  const answer = isAnswer && around.answer !== undefined ? { answer: around.answer } : {};
  const place = context.place(span.file, { ...around.reads, isMapping: true, ...answer }, around.parameters);
  const value = checkValue({ terms: [block], span: block.span }, place, context.report);
  return { kind: isAnswer ? "mapAnswer" : "mapBody", value, span };
}
