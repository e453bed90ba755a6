/** `backend NAME = respond { status: 503, headers { ... }, body: "..." }`: an answer that needs no server (D18). */
import { finding } from "../../../../grammar/source/diagnostic.ts";
import type { Declaration } from "../../../bind/declaration.ts";
import type { CheckContext } from "../../../check/context.ts";
import type { Backend, StaticResponse } from "../../../model/program.ts";
import { isBodiless, isFinalStatus } from "../../../model/response-status.ts";
import { constantHeaders } from "../../header-entry.ts";
import type { PhraseReader } from "../../phrase-reader.ts";
import { readSettings, type SettingShapes } from "../../settings.ts";
import type { BackendKindConstruct } from "./backend-kind.ts";
import { responseBody, responseStatus } from "./backend.diagnostics.ts";

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
  const headers = constantHeaders(values.headers, { what: "a header of a `respond` backend" }, context).map(
    ({ name: field, value }): Header => [field, value],
  );
  const isTyped = body === "" || headers.some(([field]) => field === "content-type");
  const typed: readonly Header[] = isTyped ? headers : [["content-type", "text/plain; charset=utf-8"], ...headers];
  return { kind: "respond", name: name.name, response: { status, headers: typed, body }, span: statement.span };
}
