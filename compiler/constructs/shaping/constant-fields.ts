/** A block of header fields with constant texts: `headers { "X-Docs": "https://..." }`. Promises: each once, each one that programs may set here. */
import type { Block, Entry } from "../../../grammar/ast.ts";
import { finding } from "../../../grammar/source/diagnostic.ts";
import type { CheckContext } from "../../check/context.ts";
import { checkValue } from "../../check/expressions/check-expression.ts";
import { evaluateConstant } from "../../check/expressions/evaluate-constant.ts";
import { CORS_FIELDS } from "../../model/cors.ts";
import { guardReason, isHeaderName, isHeaderValue } from "../../model/header-names.ts";
import { responseHeader } from "../core/backend/backend.diagnostics.ts";

export type ConstantField = readonly [name: string, value: string];

/** What a refusal says by itself. */
const SAID: ReadonlySet<string> = new Set([
  "cache-control",
  "allow",
  "www-authenticate",
  "retry-after",
  "ratelimit",
  "ratelimit-policy",
  "vary",
]);

export function readFields(block: Block | undefined, context: CheckContext): readonly ConstantField[] {
  const seen = new Set<string>();
  return (block?.entries ?? []).flatMap((entry) => readField(entry, seen, context) ?? []);
}

function readField(entry: Entry, seen: Set<string>, context: CheckContext): readonly ConstantField[] | undefined {
  const refuse = (name: string, why: string): undefined => {
    context.report(finding(responseHeader, entry.kind === "setting" ? entry.key.span : entry.span, { name, why }));
    return undefined;
  };
  if (entry.kind !== "setting") return refuse(context.written(entry.span, 40), "it is not `NAME: TEXT`");
  const written = entry.key.kind === "name" ? entry.key.name : entry.key.value;
  const name = written.toLowerCase();
  const place = context.place(entry.span.file, { kind: "nothing", what: "a header of an `answer`" });
  const value = checkValue(entry.value, place, context.report, { kind: "string" });
  const why = problemOf(name) ?? (seen.has(name) ? "it is set twice" : undefined);
  seen.add(name);
  if (why !== undefined) return refuse(written, why);
  if (value.type.kind === "poison") return undefined;
  const text = evaluateConstant(value);
  if (typeof text !== "string") return refuse(written, "its value must be known when the program is compiled");
  return isHeaderValue(text) ? [[name, text]] : refuse(written, "its value has characters that no header may have");
}

function problemOf(name: string): string | undefined {
  if (!isHeaderName(name)) return "it is not the name of a field";
  if (name === "content-type") return "the body's type says it";
  if (CORS_FIELDS.includes(name)) return "`cors` says it";
  return SAID.has(name) ? "the refusal says it itself" : guardReason(name);
}
