/** One `{name: Type}` of a path. */
import { finding } from "../../../../grammar/source/diagnostic.ts";
import type { Span } from "../../../../grammar/source/span.ts";
import type { CheckContext } from "../../../check/context.ts";
import { printType } from "../../../check/types/print-type.ts";
import { readType } from "../../../check/types/read-type.ts";
import { isCarriedByText } from "../../../model/carried-by-text.ts";
import type { Segment } from "../../../model/program.ts";
import { parameterForm, parameterType } from "./path.diagnostics.ts";
import { typeTermsReader, type TypeTerms } from "./type-terms.ts";

const FORM = /^\{(?<name>\s*[a-z][A-Za-z0-9_]*\s*)(?<typed>:(?<type>.*))?\}$/s;

/** `place` turns offsets in `text` into a span. Undefined after a finding. */
export function readParameter(text: string, place: (start: number, end: number) => Span, context: CheckContext): Segment | undefined {
  const groups = FORM.exec(text)?.groups;
  const name = groups?.["name"]?.trim();
  if (name === undefined) {
    context.report(finding(parameterForm, place(0, text.length), { written: text }));
    return undefined;
  }
  if (groups?.["typed"] === undefined) return { kind: "param", name, type: { kind: "string" } };
  const written = groups["type"] ?? "";
  const start = text.length - 1 - written.trimStart().length;
  const trimmed = written.trim();
  if (trimmed === "Rest") return { kind: "rest", name };
  const terms = trimmed === "" ? undefined : readerOf(context)(trimmed, (from, to) => place(start + from, start + to));
  if (terms === undefined) {
    context.report(finding(parameterForm, place(0, text.length), { written: text }));
    return undefined;
  }
  const span = place(start, start + trimmed.length);
  const type = readType(terms, span, context.types(span.file), context.report);
  if (type.kind === "poison") return undefined;
  if (isCarriedByText(type)) return { kind: "param", name, type };
  context.report(finding(parameterType, span, { type: printType(type) }));
  return undefined;
}

/** One for each check of a program. */
const readers = new WeakMap<CheckContext, TypeTerms>();

function readerOf(context: CheckContext): TypeTerms {
  const reader = readers.get(context) ?? typeTermsReader();
  readers.set(context, reader);
  return reader;
}
