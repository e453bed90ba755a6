/** `respond 200 "ok"`: the route answers itself (D18). */
import type { Expression, Statement, Term } from "../../../grammar/ast.ts";
import { finding } from "../../../grammar/source/diagnostic.ts";
import type { CheckContext } from "../../check/context.ts";
import { checkValue } from "../../check/expressions/check-expression.ts";
import { evaluateConstant } from "../../check/expressions/evaluate-constant.ts";
import type { StaticResponse } from "../../model/program.ts";
import { isBodiless, isFinalStatus } from "../../model/response-status.ts";
import type { StatementConstruct } from "../construct.ts";
import { readPhrase } from "../phrase-reader.ts";
import type { Piece } from "../piece.ts";
import { bodyWithoutPlace, respondBody, statusForm } from "./routing.diagnostics.ts";

export const respond: StatementConstruct = {
  kind: "statement",
  words: ["respond"],
  within: ["route"],
  summary: "answers without any backend",
  written: ["respond STATUS", 'respond STATUS "text"', "respond STATUS { name: value, ... }"],
  read,
};

function read(statement: Statement, context: CheckContext): Piece | undefined {
  const phrase = readPhrase(statement, respond, context);
  const code = phrase.expression("a status, as in `respond 200`");
  const terms = phrase.rest();
  if (!phrase.end() || code === undefined) return undefined;
  const status = readStatus(code, context);
  const body = readBody(terms, context);
  if (status === undefined || body === undefined) return undefined;
  const [first] = terms;
  if (first !== undefined && isBodiless(status)) {
    context.report(finding(bodyWithoutPlace, first.span, { status }));
    return undefined;
  }
  return { kind: "respond", response: { status, ...body }, span: statement.span };
}

function readStatus(node: Expression, context: CheckContext): number | undefined {
  const status = node.kind === "int" ? Number(node.text) : 0;
  if (isFinalStatus(status)) return status;
  context.report(finding(statusForm, node.span, { found: context.written(node.span, 40) }));
  return undefined;
}

function readBody(terms: readonly Term[], context: CheckContext): Omit<StaticResponse, "status"> | undefined {
  const [first, ...more] = terms;
  if (first === undefined) return { headers: [], body: "" };
  if (more.length === 0 && first.kind === "text") {
    return first.value === "" ? { headers: [], body: "" } : { headers: [["content-type", "text/plain; charset=utf-8"]], body: first.value };
  }
  if (more.length > 0 || first.kind === "mark") {
    context.report(finding(respondBody, first.span, {}));
    return undefined;
  }
  const expr = checkValue(
    { terms, span: first.span },
    context.place(first.span.file, { kind: "nothing", what: "the body of a `respond`" }),
    context.report,
  );
  if (expr.type.kind === "poison") return undefined;
  const value = evaluateConstant(expr);
  if (typeof value === "string") return { headers: [["content-type", "text/plain; charset=utf-8"]], body: value };
  if (expr.type.kind === "record" && value !== undefined)
    return { headers: [["content-type", "application/json"]], body: JSON.stringify(value) };
  context.report(finding(respondBody, expr.span, {}));
  return undefined;
}
