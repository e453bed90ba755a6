/**
 * `orders: GET "/orders/{id}" -> orders returns List<Order> within 64KiB optional`: what one backend gives of an answer. Promises: what its backend is asked
 * is written here, all of it; its answer has a type and a size.
 */
import type { Block, NameNode, Setting, Term } from "../../../grammar/ast.ts";
import { finding } from "../../../grammar/source/diagnostic.ts";
import type { Around, CheckContext } from "../../check/context.ts";
import { checkValue } from "../../check/expressions/check-expression.ts";
import { jsonless } from "../../check/expressions/mapped-record.ts";
import { withoutJson } from "../../check/expressions/mapping.diagnostics.ts";
import { shortType } from "../../check/types/print-type.ts";
import { readType } from "../../check/types/read-type.ts";
import type { ComposedPart, Dispensable } from "../../model/composed.ts";
import type { Backend, Transform } from "../../model/program.ts";
import type { Field, Type } from "../../model/types.ts";
import { duplicateSetting, strayEntry } from "../frame.diagnostics.ts";
import { type PhraseReader, readTerms } from "../phrase-reader.ts";
import { readBackendPath } from "./backend-path.ts";
import { partAbsence, partBackend, partMethod, partType } from "./compose.diagnostics.ts";
import { sizeWithin } from "./size-within.ts";

export const PART_WRITTEN = [
  'NAME: GET "/path/{parameter}" -> BACKEND returns TYPE',
  'NAME: GET "/path" query { name: EXPRESSION } -> BACKEND returns TYPE within 64KiB optional on 404',
] as const;

type Read = {
  readonly phrase: PhraseReader;
  readonly typed: readonly Term[];
  readonly bytes: number | undefined;
  readonly dispensable: Dispensable | undefined;
};

export function readPart(name: NameNode, { value, span }: Setting, context: CheckContext, around: Around): ComposedPart | undefined {
  const phrase = readTerms(value.terms, { word: name.name, end: span, written: PART_WRITTEN }, context);
  const method = phrase.name("`GET`");
  const at = phrase.text("a path in quotes");
  const block = phrase.takes("query") ? phrase.block('the names of the query, as in `query { limit: "5" }`') : undefined;
  const target = phrase.mark("->") ? phrase.name("the name of a backend") : undefined;
  const { typed, bytes, dispensable } = readReturned(phrase, context);
  if (!phrase.end() || method === undefined || at === undefined || target === undefined) return undefined;
  if (method.name !== "GET") context.report(finding(partMethod, method.span, { method: method.name }));
  const path = readBackendPath(at, context, around);
  const query = block === undefined ? [] : readQuery(block, context, around);
  const backend = context.resolve("backend", target);
  const why = backend && unfit(backend);
  if (backend !== undefined && why !== undefined) context.report(finding(partBackend, target.span, { backend: backend.name, why }));
  const type = typeOf(typed, span, context);
  if (path === undefined || backend === undefined || type === undefined || bytes === undefined || dispensable === undefined)
    return undefined;
  return { name: name.name, backend: backend.name, path, query, type, bytes, dispensable, span };
}

function readReturned(phrase: PhraseReader, context: CheckContext): Omit<Read, "phrase"> {
  const typed = phrase.word("returns") ? phrase.until("within", "optional") : [];
  const bytes = sizeWithin(phrase, context);
  const dispensable = phrase.takes("optional") ? readAbsence(phrase, context) : "never";
  return { typed, bytes, dispensable };
}

function readAbsence(phrase: PhraseReader, context: CheckContext): Dispensable | undefined {
  if (!phrase.takes("on")) return "always";
  const node = phrase.expression("a status, as in `optional on 404`");
  if (node === undefined) return undefined;
  const items = node.kind === "list" ? node.items : [node];
  const statuses = items.map((item) => (item.kind === "int" ? Number(item.text) : 0));
  if (statuses.length > 0 && statuses.every((status) => status >= 300 && status <= 599))
    return [...new Set(statuses)].sort((a, b) => a - b);
  context.report(finding(partAbsence, node.span, { found: context.written(node.span, 40) }));
  return undefined;
}

function typeOf(typed: readonly Term[], span: Setting["span"], context: CheckContext): Type | undefined {
  const type = readType(typed, span, context.types(span.file), context.report);
  const [first] = typed;
  const why = jsonless(type);
  if (why !== undefined) context.report(finding(withoutJson, first?.span ?? span, { type: why }));
  if (type.kind === "optional") context.report(finding(partType, first?.span ?? span, { type: shortType(type) }));
  return type.kind === "poison" || type.kind === "optional" || why !== undefined ? undefined : type;
}

/** Values as of `set query`: a part of the query whose value is absent is not there. */
function readQuery(block: Block, context: CheckContext, around: Around): readonly Transform[] {
  const query: Transform[] = [];
  const place = context.place(block.span.file, around.reads, around.parameters);
  for (const entry of block.entries) {
    if (entry.kind !== "setting") {
      context.report(finding(strayEntry, entry.span, { what: `\`${context.written(entry.span, 40)}\``, place: "`query`" }));
      continue;
    }
    const { key, span } = entry;
    const name = key.kind === "name" ? key.name : key.value;
    const first = query.find((other) => other.name === name);
    if (first !== undefined) {
      context.report(finding(duplicateSetting, key.span, { name }, [{ span: first.span, message: "first set here" }]));
      continue;
    }
    const value = checkValue(entry.value, place, context.report, { kind: "optional", type: { kind: "string" } });
    if (value.type.kind !== "poison") query.push({ kind: "setHeader", on: "query", name, value, span });
  }
  return query;
}

function unfit(backend: Backend): string | undefined {
  if (backend.kind === "websocket") return "its connections are upgraded";
  if (backend.kind === "respond") return "it answers without a server";
  return backend.kind === "lambda" && backend.stream ? "its answers pass while they come" : undefined;
}

/** What `map response body` sees of a part: asked for before the statements of the block are read, and silent. */
export function fieldOfPart({ key, value, span }: Setting, context: CheckContext): readonly Field[] {
  const at = (word: string): number => value.terms.findIndex((term) => term.kind === "name" && term.name === word);
  const [returns, within, optional] = [at("returns"), at("within"), at("optional")];
  if (key.kind !== "name" || returns < 0) return [];
  const ends = [within, optional].filter((end) => end > returns);
  const typed = value.terms.slice(returns + 1, ends.length === 0 ? undefined : Math.min(...ends));
  const type = readType(typed, span, context.types(span.file), () => undefined);
  return [{ name: key.name, type: optional > returns ? { kind: "optional", type } : type }];
}
