/** `backend NAME = respond { status: 503, headers { ... }, body: "..." }`: an answer that needs no server (D18). */
import type { Block, Entry } from "../../../../grammar/ast.ts";
import { finding } from "../../../../grammar/source/diagnostic.ts";
import type { Span } from "../../../../grammar/source/span.ts";
import type { Declaration } from "../../../bind/declaration.ts";
import type { CheckContext } from "../../../check/context.ts";
import { checkValue } from "../../../check/expressions/check-expression.ts";
import { evaluateConstant } from "../../../check/expressions/evaluate-constant.ts";
import { guardReason, isHeaderName, isHeaderValue } from "../../../model/header-names.ts";
import type { Backend, StaticResponse } from "../../../model/program.ts";
import { isBodiless, isFinalStatus } from "../../../model/response-status.ts";
import type { PhraseReader } from "../../phrase-reader.ts";
import { readSettings, type SettingShapes } from "../../settings.ts";
import type { BackendKindConstruct } from "./backend-kind.ts";
import { responseBody, responseHeader, responseStatus } from "./backend.diagnostics.ts";

export const RESPOND_SETTINGS = {
  status: { form: "constant", type: { kind: "int" }, required: true, doc: "the status of the answer, as in `503`" },
  headers: { form: "block", doc: "fields of the answer, each a text" },
  body: { form: "constant", type: { kind: "string" }, doc: "the text of the answer", byDefault: "no body" },
} as const satisfies SettingShapes;

type Header = StaticResponse["headers"][number];

export const respond: BackendKindConstruct = { written: ["backend NAME = respond { ... }"], read };

function read({ name, statement }: Declaration, phrase: PhraseReader, context: CheckContext): Backend | undefined {
  phrase.name("a kind");
  const block = phrase.block("its settings in braces");
  if (!phrase.end() || block === undefined) return undefined;
  const { values } = readSettings(block, RESPOND_SETTINGS, { owner: "a `respond` backend", head: name.span }, context);
  const status = typeof values.status?.value === "number" ? values.status.value : 200;
  if (values.status !== undefined && !isFinalStatus(status)) {
    context.report(finding(responseStatus, values.status.span, { written: String(status) }));
  }
  const body = typeof values.body?.value === "string" ? values.body.value : "";
  if (body !== "" && values.body !== undefined && isBodiless(status)) {
    context.report(finding(responseBody, values.body.span, { status }));
  }
  const headers = readHeaders(values.headers, context);
  const isTyped = body === "" || headers.some(([field]) => field === "content-type");
  const typed: readonly Header[] = isTyped ? headers : [["content-type", "text/plain; charset=utf-8"], ...headers];
  return { kind: "respond", name: name.name, response: { status, headers: typed, body }, span: statement.span };
}

function readHeaders(block: Block | undefined, context: CheckContext): readonly Header[] {
  const seen = new Map<string, Span>();
  return (block?.entries ?? []).flatMap((entry) => {
    const header = readHeader(entry, seen, context);
    return header === undefined ? [] : [header];
  });
}

function readHeader(entry: Entry, seen: Map<string, Span>, context: CheckContext): Header | undefined {
  const refuse = (name: string, why: string): undefined => {
    context.report(finding(responseHeader, entry.kind === "setting" ? entry.key.span : entry.span, { name, why }));
    return undefined;
  };
  if (entry.kind !== "setting") return refuse(context.written(entry.span, 40), "it is not `NAME: TEXT`");
  const written = entry.key.kind === "name" ? entry.key.name : entry.key.value;
  const name = written.toLowerCase();
  const why =
    (isHeaderName(name) ? guardReason(name) : "it is not the name of a field") ?? (seen.has(name) ? "it is set twice" : undefined);
  seen.set(name, entry.key.span);
  const place = context.place(entry.span.file, { kind: "nothing", what: "a header of a `respond` backend" });
  const value = checkValue(entry.value, place, context.report, { kind: "string" });
  if (why !== undefined) return refuse(written, why);
  if (value.type.kind === "poison") return undefined;
  const text = evaluateConstant(value);
  if (typeof text !== "string") return refuse(written, "its value must be known when the program is compiled");
  return isHeaderValue(text) ? [name, text] : refuse(written, "its value has characters that no header may have");
}
