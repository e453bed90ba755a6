/**
 * `source: header "X-Token"`, `sees: [method, path]`: which parts of a request somebody else is told. Promises: each part once, and each
 * written as rules write it.
 */
import type { Call, Expression, NameNode, Phrase, TextNode } from "../../../../grammar/ast.ts";
import { finding } from "../../../../grammar/source/diagnostic.ts";
import type { Span } from "../../../../grammar/source/span.ts";
import type { RequestPart } from "../../../model/authorizer.ts";
import type { CheckContext } from "../../../check/context.ts";
import { checkExpression } from "../../../check/expressions/check-expression.ts";
import type { Expr } from "../../../model/expression.ts";
import { requestPartExpected, repeatedPart, sourceForm } from "./authorizer.diagnostics.ts";

/** `text` is the part as a message quotes it. */
export type PlacedPart = { readonly part: RequestPart; readonly text: string; readonly span: Span };

/** `before`: parts that are named already. Broken ones are left out, after a finding. */
export function readParts(phrase: Phrase, before: readonly PlacedPart[], context: CheckContext): readonly PlacedPart[] {
  const nodes = partNodes(phrase);
  if (nodes === undefined || nodes.length === 0) {
    context.report(finding(sourceForm, phrase.span, {}));
    return [];
  }
  const parts: PlacedPart[] = [];
  for (const node of nodes) {
    const read = readPart(node, context);
    if (read === undefined) continue;
    const first = [...before, ...parts].find((other) => keyOf(other.part) === keyOf(read.part));
    if (first === undefined) parts.push(read);
    else context.report(finding(repeatedPart, read.span, { part: read.text }, [{ span: first.span, message: "named first here" }]));
  }
  return parts;
}

/** `header "X"`, one expression, or a list of them. */
function partNodes({ terms }: Phrase): readonly Expression[] | undefined {
  const [first, second, ...more] = terms;
  if (more.length > 0 || first === undefined || first.kind === "block" || first.kind === "mark") return undefined;
  if (second !== undefined) return first.kind === "name" && second.kind === "text" ? [callOf(first, second)] : undefined;
  return first.kind === "list" ? first.items : [first];
}

function callOf(callee: NameNode, text: TextNode): Call {
  const span = { ...callee.span, end: text.span.end };
  return { kind: "call", callee, arguments: [{ value: { terms: [text], span: text.span }, span: text.span }], span };
}

function readPart(node: Expression, context: CheckContext): PlacedPart | undefined {
  const place = context.place(node.span.file, {
    kind: "request",
    principal: { missing: "who calls is what an authorizer is asked" },
    body: { missing: "an authorizer is asked before the body is read" },
    parameters: { missing: "an authorizer is asked for many routes" },
  });
  const expr = checkExpression(node, place, context.report);
  if (expr.type.kind === "poison") return undefined;
  const part = partOf(expr, node);
  const text = `\`${context.written(node.span, 40)}\``;
  if (part !== undefined) return { part, text, span: node.span };
  context.report(finding(requestPartExpected, node.span, { written: text }));
  return undefined;
}

function partOf(expr: Expr, node: Expression): RequestPart | undefined {
  switch (expr.op) {
    case "header":
      return { kind: "header", name: writtenName(node) ?? expr.name };
    case "query":
      return { kind: "query", name: expr.name };
    case "clientIp":
    case "host":
    case "method":
    case "path":
    case "stage":
      return { kind: expr.op };
    case "routeFact":
      return expr.fact === "path" ? { kind: "routePath" } : undefined;
    default:
      return undefined;
  }
}

/** Functions that get the older events look fields up as they are written. */
function writtenName(node: Expression): string | undefined {
  const [term] = node.kind === "call" ? (node.arguments[0]?.value.terms ?? []) : [];
  return term?.kind === "text" ? term.value : undefined;
}

function keyOf(part: RequestPart): string {
  return part.kind === "header" ? `header ${part.name.toLowerCase()}` : part.kind === "query" ? `query ${part.name}` : part.kind;
}
