/**
 * `rename header "X-A" to "X-B"`: what came under one name goes on under another. Promises: nothing else goes under the new name, so that
 * nobody can bring it besides.
 */
import type { Statement } from "../../../grammar/ast.ts";
import type { Span } from "../../../grammar/source/span.ts";
import type { CheckContext } from "../../check/context.ts";
import type { Transform } from "../../model/program.ts";
import { changeable, takeChanged } from "../access/changed-name.ts";
import type { StatementConstruct } from "../construct.ts";
import { readPhrase } from "../phrase-reader.ts";
import type { Piece } from "../piece.ts";
import { noValues, TEXTS } from "./no-values.ts";

export const rename: StatementConstruct = {
  kind: "statement",
  words: ["rename"],
  within: ["gateway", "api", "group", "route"],
  summary: "passes a header field or a name of the query on under another name",
  written: ['rename header "X-Name" to "X-Other"', 'rename response header "X-Name" to "X-Other"', 'rename query "name" to "other"'],
  read,
};

function read(statement: Statement, context: CheckContext): Piece | undefined {
  const phrase = readPhrase(statement, rename, context);
  const changed = takeChanged(phrase);
  const written = phrase.word("to") ? phrase.text("the new name in quotes") : undefined;
  if (!phrase.end() || changed === undefined || written === undefined) return undefined;
  const { on } = changed;
  const from = changeable(on, changed.written, context);
  const to = changeable(on, written, context);
  if (from === undefined || to === undefined) return undefined;
  const { span } = statement;
  return {
    kind: "transform",
    transforms: [{ kind: "setHeader", on, name: from, value: noValues(span), span }, taking(on, from, to, span)],
    span,
  };
}

function taking(on: Transform["on"], from: string, to: string, span: Span): Transform {
  if (on === "response") return { kind: "setHeader", on, name: to, value: noValues(span), from, span };
  const op = on === "query" ? "queries" : "headers";
  return { kind: "setHeader", on, name: to, value: { op, name: from, type: TEXTS, span }, span };
}
