/** One request of a test as written: which parts it has. Promises: names are resolved here once, values wait for the rows of the table. */
import type { Block, Expression, Statement, Term } from "../../../../grammar/ast.ts";
import { finding } from "../../../../grammar/source/diagnostic.ts";
import type { Span } from "../../../../grammar/source/span.ts";
import type { CheckContext } from "../../../check/context.ts";
import type { Identity } from "../../../model/program.ts";
import { readPhrase, type PhraseReader } from "../../phrase-reader.ts";
import { partTwice, requestForm } from "./test.diagnostics.ts";

export type RequestShape = {
  readonly method: string;
  readonly target: Expression;
  readonly from?: Expression;
  readonly via?: Expression;
  /** One for each identity of the caller. */
  readonly as: readonly CallerShape[];
  readonly headers?: Block;
  readonly body?: readonly Term[];
  readonly at?: Expression;
  readonly stage?: Expression;
  readonly times?: Expression;
  readonly expect?: readonly Term[];
  readonly span: Span;
};
export type CallerShape = { readonly identity: Identity; readonly claims: Block; readonly span: Span };

type Parts = Omit<{ -readonly [Part in keyof RequestShape]?: RequestShape[Part] }, "as">;

export const REQUEST_FORMS: readonly [string] = [
  'GET "/path?query" from IP via ENTRY as IDENTITY { CLAIM: VALUE } as IDENTITY { ... } headers { "X-Name": "value" } body { ... } at TIME stage NAME times N expect OUTCOME',
];

export function readRequest(statement: Statement, context: CheckContext): RequestShape | undefined {
  if (!/^[A-Z]+$/.test(statement.word.name)) {
    context.report(finding(requestForm, statement.span, { found: context.written(statement.span, 40) }));
    return undefined;
  }
  const phrase = readPhrase(statement, { written: REQUEST_FORMS }, context);
  const target = phrase.expression("a path in quotes");
  const parts: Parts = {};
  const as: CallerShape[] = [];
  while (phrase.peek() !== undefined && !phrase.failed()) readPart(phrase, parts, as, context);
  if (!phrase.end() || target === undefined) return undefined;
  return { ...parts, as, method: statement.word.name, target, span: statement.span };
}

const PARTS = ["from", "via", "as", "headers", "body", "at", "stage", "times", "expect"] as const;

const NEEDS = { from: "an address", via: "an entry", at: "a time", stage: "a stage", times: "a number" } as const;

function readPart(phrase: PhraseReader, parts: Parts, as: CallerShape[], context: CheckContext): void {
  const next = phrase.peek();
  const part = PARTS.find((word) => phrase.takes(word));
  if (part === undefined || next === undefined)
    return phrase.refuse("`from`, `via`, `as`, `headers`, `body`, `at`, `stage`, `times` or `expect`");
  if (part === "as") {
    const caller = readCaller(phrase, context);
    if (caller !== undefined) as.push(caller);
    return;
  }
  if (parts[part] !== undefined) context.report(finding(partTwice, next.span, { part }));
  switch (part) {
    case "from":
    case "via":
    case "at":
    case "stage":
    case "times":
      return put(parts, part, phrase.expression(NEEDS[part]));
    case "headers":
      return put(parts, part, phrase.block("a block of header fields"));
    case "body":
      return put(parts, part, phrase.value("a value"));
    case "expect":
      return put(parts, part, phrase.until(...PARTS));
  }
}

function put<Part extends keyof Parts>(parts: Parts, part: Part, value: Parts[Part]): void {
  if (value !== undefined) parts[part] = value;
}

function readCaller(phrase: PhraseReader, context: CheckContext): CallerShape | undefined {
  const node = phrase.expression("an identity");
  if (node !== undefined && node.kind !== "name") phrase.refuse("one identity at a time before this, as in `as A { ... } as B { ... }`,");
  const claims = phrase.block('its fields, as in `as Customer { sub: "u1" }`');
  if (node?.kind !== "name" || claims === undefined) return undefined;
  const identity = context.resolve("identity", node);
  return identity && { identity, claims, span: node.span };
}
