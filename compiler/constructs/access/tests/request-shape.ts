/** One request of a test as written: which parts it has. Promises: names are resolved here once, values wait for the rows of the table. */
import type { Block, Expression, Statement, Term } from "../../../../grammar/ast.ts";
import { finding } from "../../../../grammar/source/diagnostic.ts";
import type { Span } from "../../../../grammar/source/span.ts";
import type { CheckContext } from "../../../check/context.ts";
import type { Identity } from "../../../model/program.ts";
import { notSupportedYet } from "../../frame.diagnostics.ts";
import { readPhrase, type PhraseReader } from "../../phrase-reader.ts";
import { partTwice, requestForm } from "./test.diagnostics.ts";

export type RequestShape = {
  readonly method: string;
  readonly target: Expression;
  readonly from?: Expression;
  readonly as?: { readonly identity: Identity; readonly claims: Block; readonly span: Span };
  readonly headers?: Block;
  readonly body?: readonly Term[];
  readonly at?: Expression;
  readonly stage?: Expression;
  readonly expect?: readonly Term[];
  readonly span: Span;
};
type Parts = { -readonly [Part in keyof RequestShape]?: RequestShape[Part] };

const WRITTEN: readonly [string] = [
  'GET "/path?query" from IP as IDENTITY { CLAIM: VALUE } headers { "X-Name": "value" } body { ... } at TIME stage NAME expect OUTCOME',
];

export function readRequest(statement: Statement, context: CheckContext): RequestShape | undefined {
  if (!/^[A-Z]+$/.test(statement.word.name)) {
    context.report(finding(requestForm, statement.span, { found: context.written(statement.span, 40) }));
    return undefined;
  }
  const phrase = readPhrase(statement, { written: WRITTEN }, context);
  const target = phrase.expression("a path in quotes");
  const parts: Parts = {};
  while (phrase.peek() !== undefined && !phrase.failed()) readPart(phrase, parts, context);
  if (!phrase.end() || target === undefined) return undefined;
  return { ...parts, method: statement.word.name, target, span: statement.span };
}

const PARTS = ["from", "as", "headers", "body", "at", "stage", "expect"] as const;

function readPart(phrase: PhraseReader, parts: Parts, context: CheckContext): void {
  const next = phrase.peek();
  const part = PARTS.find((word) => phrase.takes(word));
  if (part === undefined || next === undefined) return phrase.refuse("`from`, `as`, `headers`, `body`, `at`, `stage` or `expect`");
  if (parts[part] !== undefined) context.report(finding(partTwice, next.span, { part }));
  switch (part) {
    case "from":
    case "at":
    case "stage":
      return put(parts, part, phrase.expression(part === "from" ? "an address" : part === "at" ? "a time" : "a stage"));
    case "headers":
      return put(parts, part, phrase.block("a block of header fields"));
    case "body":
      return put(parts, part, phrase.value("a value"));
    case "expect":
      return put(parts, part, phrase.until("from", "as", "headers", "body", "at", "stage", "expect"));
    case "as":
      return put(parts, part, readCaller(phrase, context));
  }
}

function put<Part extends keyof Parts>(parts: Parts, part: Part, value: Parts[Part]): void {
  if (value !== undefined) parts[part] = value;
}

function readCaller(phrase: PhraseReader, context: CheckContext): RequestShape["as"] {
  const node = phrase.expression("an identity");
  if (node?.kind === "binary" && node.operator === "and") {
    context.report(finding(notSupportedYet, node.span, { what: "a caller with two identities", instead: undefined }));
  }
  if (node !== undefined && node.kind !== "name") phrase.refuse("the name of an identity before this");
  const claims = phrase.block('its fields, as in `as Customer { sub: "u1" }`');
  if (node?.kind !== "name" || claims === undefined) return undefined;
  const identity = context.resolve("identity", node);
  return identity && { identity, claims, span: node.span };
}
