/** `headers { "X-Stage": STAGE_NAME }` of an `http` backend: fields that are set on each request to its servers. */
import type { Block, Entry } from "../../../../../grammar/ast.ts";
import { finding } from "../../../../../grammar/source/diagnostic.ts";
import type { CheckContext } from "../../../../check/context.ts";
import { checkValue } from "../../../../check/expressions/check-expression.ts";
import { evaluateConstant } from "../../../../check/expressions/evaluate-constant.ts";
import { guardReason, isHeaderName, isHeaderValue } from "../../../../model/header-names.ts";
import type { HttpBackend } from "../../../../model/program.ts";
import { responseHeader } from "../backend.diagnostics.ts";

type Header = NonNullable<HttpBackend["headers"]>[number];

/** Names lower-case, sorted. */
export function readHeaders(block: Block, context: CheckContext): readonly Header[] {
  const headers = new Map<string, Header>();
  for (const entry of block.entries) {
    const header = readHeader(entry, headers, context);
    if (header !== undefined) headers.set(header.name, header);
  }
  return [...headers.values()].sort((left, right) => (left.name < right.name ? -1 : 1));
}

function readHeader(entry: Entry, others: ReadonlyMap<string, Header>, context: CheckContext): Header | undefined {
  const refuse = (name: string, why: string): undefined => {
    context.report(finding(responseHeader, entry.kind === "setting" ? entry.key.span : entry.span, { name, why }));
    return undefined;
  };
  if (entry.kind !== "setting") return refuse(context.written(entry.span, 40), "it is not `NAME: TEXT`");
  const written = entry.key.kind === "name" ? entry.key.name : entry.key.value;
  const name = written.toLowerCase();
  const why =
    (isHeaderName(name) ? guardReason(name) : "it is not the name of a field") ?? (others.has(name) ? "it is set twice" : undefined);
  const place = context.place(entry.span.file, { kind: "nothing", what: "a header of an `http` backend" });
  const value = checkValue(entry.value, place, context.report, { kind: "string" });
  if (why !== undefined) return refuse(written, why);
  if (value.type.kind === "poison") return undefined;
  const text = evaluateConstant(value);
  return typeof text === "string" && !isHeaderValue(text)
    ? refuse(written, "its value has characters that no header may have")
    : { name, value };
}
