/**
 * `set header "X-Tenant" = EXPRESSION`: one field of the request to the backend, or of the answer. Promises: the name is one that
 * programs may set; a value that is known now can be carried.
 */
import type { Statement, TextNode } from "../../../grammar/ast.ts";
import { finding } from "../../../grammar/source/diagnostic.ts";
import type { Around, CheckContext } from "../../check/context.ts";
import { checkExpression } from "../../check/expressions/check-expression.ts";
import { evaluateConstant } from "../../check/expressions/evaluate-constant.ts";
import { guardReason, isHeaderName, isHeaderValue } from "../../model/header-names.ts";
import type { StatementConstruct } from "../construct.ts";
import { readPhrase } from "../phrase-reader.ts";
import type { Piece } from "../piece.ts";
import { guardedHeader, headerValue, notAHeaderName } from "./routing.diagnostics.ts";

export const set: StatementConstruct = {
  kind: "statement",
  words: ["set"],
  within: ["gateway", "api", "group", "route"],
  summary: "sets a header field of the request to the backend or of the answer",
  written: ['set header "X-Name" = EXPRESSION', 'set response header "X-Name" = EXPRESSION'],
  read,
};

function read(statement: Statement, context: CheckContext, around: Around): Piece | undefined {
  const phrase = readPhrase(statement, set, context);
  const on = phrase.takes("response") ? "response" : "request";
  const written = phrase.word("header") ? phrase.text("the name of a header field in quotes") : undefined;
  const node = phrase.mark("=") ? phrase.expression("a value") : undefined;
  if (!phrase.end() || written === undefined || node === undefined) return undefined;
  const name = headerName(written, context);
  const expected = { kind: "optional", type: { kind: "string" } } as const;
  const value = checkExpression(node, context.place(statement.span.file, around.reads, around.parameters), context.report, expected);
  if (name === undefined || value.type.kind === "poison") return undefined;
  const constant = evaluateConstant(value);
  if (typeof constant === "string" && !isHeaderValue(constant)) {
    context.report(finding(headerValue, value.span, { name: written.value }));
    return undefined;
  }
  return { kind: "transform", transform: { kind: "setHeader", on, name, value, span: statement.span }, span: statement.span };
}

/** In lower case. */
function headerName(node: TextNode, context: CheckContext): string | undefined {
  const name = node.value.toLowerCase();
  if (!isHeaderName(name)) {
    context.report(finding(notAHeaderName, node.span, { written: node.value }));
    return undefined;
  }
  const why = guardReason(name);
  if (why === undefined) return name;
  context.report(finding(guardedHeader, node.span, { name: node.value, why }));
  return undefined;
}
