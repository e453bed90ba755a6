/** `deprecated since DATE sunset DATE see "URL" successor "URL"`: callers are told that this will go, and counted (RFC 9745, RFC 8594, RFC 5829). */
import type { Statement, TextNode } from "../../../grammar/ast.ts";
import { finding } from "../../../grammar/source/diagnostic.ts";
import type { CheckContext } from "../../check/context.ts";
import { checkExpression } from "../../check/expressions/check-expression.ts";
import { evaluateConstant } from "../../check/expressions/evaluate-constant.ts";
import type { StatementConstruct } from "../construct.ts";
import { type PhraseReader, readPhrase } from "../phrase-reader.ts";
import type { Piece } from "../piece.ts";
import { linkTarget, sunsetTooEarly } from "./releases.diagnostics.ts";

export const deprecated: StatementConstruct = {
  kind: "statement",
  words: ["deprecated"],
  within: ["gateway", "api", "group", "route"],
  summary: "tells callers that this will go, and from when on it may be gone",
  written: ["deprecated since DATE", 'deprecated since DATE sunset DATE see "URL" successor "URL"'],
  read,
};

function read(statement: Statement, context: CheckContext): Piece | undefined {
  const phrase = readPhrase(statement, deprecated, context);
  const since = phrase.word("since") ? readDate(phrase, statement, context) : undefined;
  const sunset = phrase.takes("sunset") ? readDate(phrase, statement, context) : undefined;
  const see = phrase.takes("see") ? phrase.text("a URL in quotes") : undefined;
  const successor = phrase.takes("successor") ? phrase.text("a URL in quotes") : undefined;
  if (!phrase.end() || since === undefined) return undefined;
  const links = { ...linkOf("see", see, context), ...linkOf("successor", successor, context) };
  if (sunset !== undefined && sunset < since) {
    context.report(finding(sunsetTooEarly, statement.span, {}));
    return undefined;
  }
  const { span } = statement;
  return { kind: "deprecated", deprecation: { since, ...(sunset === undefined ? {} : { sunset }), ...links, span }, span };
}

function readDate(phrase: PhraseReader, { span }: Statement, context: CheckContext): number | undefined {
  const node = phrase.expression("a date, such as `2026-01-31`,");
  if (node === undefined) return undefined;
  const place = context.place(span.file, { kind: "nothing", what: "a date of `deprecated`" });
  const value = evaluateConstant(checkExpression(node, place, context.report, { kind: "time" }));
  return typeof value === "number" ? value : undefined;
}

function linkOf(name: "see" | "successor", node: TextNode | undefined, context: CheckContext): { readonly [Name in typeof name]?: string } {
  if (node === undefined) return {};
  if (/^(?:https?:\/\/[!#-;=?-~]+|\/[!#-;=?-~]*)$/.test(node.value)) return { [name]: node.value };
  context.report(finding(linkTarget, node.span, { written: node.value.slice(0, 60) }));
  return {};
}
