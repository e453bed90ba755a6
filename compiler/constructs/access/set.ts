/**
 * `set header "X-Tenant" = EXPRESSION`: one field of the request to the backend or of the answer, or one name of the query. Promises: the name is
 * one that programs may set; a value that is known now can be carried.
 */
import type { Statement } from "../../../grammar/ast.ts";
import { finding } from "../../../grammar/source/diagnostic.ts";
import type { Around, CheckContext } from "../../check/context.ts";
import { checkExpression } from "../../check/expressions/check-expression.ts";
import { evaluateConstant } from "../../check/expressions/evaluate-constant.ts";
import { isHeaderValue } from "../../model/header-names.ts";
import type { StatementConstruct } from "../construct.ts";
import { readPhrase } from "../phrase-reader.ts";
import type { Piece } from "../piece.ts";
import { headerValue } from "./routing.diagnostics.ts";
import { changeable, takeChanged } from "./changed-name.ts";

export const set: StatementConstruct = {
  kind: "statement",
  words: ["set"],
  within: ["gateway", "api", "group", "route"],
  summary: "sets a header field of the request to the backend or of the answer, or a name of the query",
  written: ['set header "X-Name" = EXPRESSION', 'set response header "X-Name" = EXPRESSION', 'set query "name" = EXPRESSION'],
  read,
};

function read(statement: Statement, context: CheckContext, around: Around): Piece | undefined {
  const phrase = readPhrase(statement, set, context);
  const changed = takeChanged(phrase);
  const node = phrase.mark("=") ? phrase.expression("a value") : undefined;
  if (!phrase.end() || changed === undefined || node === undefined) return undefined;
  const { on, written } = changed;
  const name = changeable(on, written, context);
  const expected = { kind: "optional", type: { kind: "string" } } as const;
  const value = checkExpression(node, context.place(statement.span.file, around.reads, around.parameters), context.report, expected);
  if (name === undefined || value.type.kind === "poison") return undefined;
  const constant = evaluateConstant(value);
  if (on !== "query" && typeof constant === "string" && !isHeaderValue(constant)) {
    context.report(finding(headerValue, value.span, { name: written.value }));
    return undefined;
  }
  return { kind: "transform", transforms: [{ kind: "setHeader", on, name, value, span: statement.span }], span: statement.span };
}
