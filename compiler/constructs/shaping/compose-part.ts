/**
 * `orders: GET "/orders/{id}" -> orders returns List<Order> within 64KiB optional`: what one backend gives of an answer. Promises: what its backend is asked
 * is written here, all of it; its answer has a type and a size.
 */
import type { Block, Expression, Setting, Term, TextNode } from "../../../grammar/ast.ts";
import { finding } from "../../../grammar/source/diagnostic.ts";
import type { Around, CheckContext } from "../../check/context.ts";
import { checkValue } from "../../check/expressions/check-expression.ts";
import { jsonless } from "../../check/expressions/mapped-record.ts";
import { withoutJson } from "../../check/expressions/mapping.diagnostics.ts";
import { shortType } from "../../check/types/print-type.ts";
import { readType } from "../../check/types/read-type.ts";
import type { ComposedPart, Dispensable } from "../../model/composed.ts";
import type { Expr } from "../../model/expression.ts";
import type { Backend, Transform } from "../../model/program.ts";
import type { Field, Type } from "../../model/types.ts";
import { parametersAround } from "../access/level-around.ts";
import { duplicateSetting, strayEntry } from "../frame.diagnostics.ts";
import { type PhraseReader, readTerms } from "../phrase-reader.ts";
import { readBackendPath } from "./backend-path.ts";
import { partAbsence, partBackend, partDecision, partMethod, partSegment, partType } from "./compose.diagnostics.ts";
import { sizeWithin } from "./size-within.ts";

export const PART_WRITTEN = [
  'NAME: GET "/path/{parameter}" -> BACKEND returns TYPE',
  'NAME: GET "/path/{name}" path { name: EXPRESSION } query { name: EXPRESSION } -> BACKEND returns TYPE within 64KiB optional on 404',
  'NAME: GET "/path/{parameter}" -> BACKEND returns TYPE decides on [404, 410]',
] as const;

/** What a status says of the thing that was asked for, by itself: others ask for a field beside it, or speak of the gateway's own request. */
const DECIDING = [400, 403, 404, 409, 410, 422, 429, 451] as const;

type Read = {
  readonly phrase: PhraseReader;
  readonly typed: readonly Term[];
  readonly bytes: number | undefined;
  readonly dispensable: Dispensable | undefined;
  readonly decides: readonly number[] | undefined;
};

export function readPart(name: string, { value, span }: Setting, context: CheckContext, around: Around): ComposedPart | undefined {
  const phrase = readTerms(value.terms, { word: name, end: span, written: PART_WRITTEN }, context);
  const method = phrase.name("`GET`");
  const at = phrase.text("a path in quotes");
  const own = phrase.takes("path") ? phrase.block("parts of the path by name, as in `path { me: principal.id }`") : undefined;
  const block = phrase.takes("query") ? phrase.block('the names of the query, as in `query { limit: "5" }`') : undefined;
  const target = phrase.mark("->") ? phrase.name("the name of a backend") : undefined;
  const { typed, bytes, dispensable, decides } = readReturned(phrase, context);
  if (!phrase.end() || method === undefined || at === undefined || target === undefined) return undefined;
  if (method.name !== "GET") context.report(finding(partMethod, method.span, { method: method.name }));
  const segments = own === undefined ? new Map<string, Expr>() : readSegments(own, at, context, around);
  const path = readBackendPath(at, context, around, segments);
  const query = block === undefined ? [] : readQuery(block, context, around);
  const backend = context.resolve("backend", target);
  const why = backend && unfit(backend);
  if (backend !== undefined && why !== undefined) context.report(finding(partBackend, target.span, { backend: backend.name, why }));
  const type = typeOf(typed, span, context);
  if (path === undefined || backend === undefined || type === undefined || bytes === undefined || dispensable === undefined)
    return undefined;
  return { name, backend: backend.name, path, query, type, bytes, dispensable, ...(decides && { decides }), span };
}

function readReturned(phrase: PhraseReader, context: CheckContext): Omit<Read, "phrase"> {
  const typed = phrase.word("returns") ? phrase.until("within", "optional", "decides") : [];
  const bytes = sizeWithin(phrase, context);
  const dispensable = phrase.takes("optional") ? readAbsence(phrase, context) : "never";
  const decides = dispensable === "never" && phrase.takes("decides") ? readDecision(phrase, context) : undefined;
  return { typed, bytes, dispensable, decides };
}

function readDecision(phrase: PhraseReader, context: CheckContext): readonly number[] | undefined {
  const node = phrase.word("on") ? phrase.expression("a status, as in `decides on 404`") : undefined;
  if (node === undefined) return undefined;
  const statuses = statusesOf(node);
  const known: readonly number[] = DECIDING;
  if (statuses.length > 0 && statuses.every((status) => known.includes(status))) return sorted(statuses);
  context.report(finding(partDecision, node.span, { found: context.written(node.span, 40), known: DECIDING.join(", ") }));
  return undefined;
}

function statusesOf(node: Expression): readonly number[] {
  const items = node.kind === "list" ? node.items : [node];
  return items.map((item) => (item.kind === "int" ? Number(item.text) : 0));
}

function sorted(statuses: readonly number[]): readonly number[] {
  return [...new Set(statuses)].sort((a, b) => a - b);
}

function readAbsence(phrase: PhraseReader, context: CheckContext): Dispensable | undefined {
  if (!phrase.takes("on")) return "always";
  const node = phrase.expression("a status, as in `optional on 404`");
  if (node === undefined) return undefined;
  const statuses = statusesOf(node);
  if (statuses.length > 0 && statuses.every((status) => status >= 300 && status <= 599)) return sorted(statuses);
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

/** Texts that are there; each stands in the path, and is no parameter of the route's. */
function readSegments(block: Block, at: TextNode, context: CheckContext, around: Around): ReadonlyMap<string, Expr> {
  const segments = new Map<string, Expr>();
  for (const { name, setting } of namedSettings(block, "`path`", context)) {
    const { key, value } = setting;
    const isTaken = parametersAround(around).some((parameter) => parameter.name === name);
    if (isTaken || !at.value.includes(`{${name}}`)) context.report(finding(partSegment, key.span, { name, isTaken }));
    segments.set(
      name,
      checkValue(value, context.place(key.span.file, around.reads, around.parameters), context.report, { kind: "string" }),
    );
  }
  return segments;
}

/** Values as of `set query`: a part of the query whose value is absent is not there. */
function readQuery(block: Block, context: CheckContext, around: Around): readonly Transform[] {
  const place = context.place(block.span.file, around.reads, around.parameters);
  return namedSettings(block, "`query`", context).flatMap(({ name, setting }): readonly Transform[] => {
    const value = checkValue(setting.value, place, context.report, { kind: "optional", type: { kind: "string" } });
    return value.type.kind === "poison" ? [] : [{ kind: "setHeader", on: "query", name, value, span: setting.span }];
  });
}

type Named = { readonly name: string; readonly setting: Setting };

/** Each name once. */
export function namedSettings(block: Block, place: string, context: CheckContext, hint?: string): readonly Named[] {
  const named: Named[] = [];
  for (const entry of block.entries) {
    if (entry.kind !== "setting") {
      context.report(finding(strayEntry, entry.span, { what: `\`${context.written(entry.span, 40)}\``, place, hint }));
      continue;
    }
    const { key } = entry;
    const name = key.kind === "name" ? key.name : key.value;
    const first = named.find((other) => other.name === name)?.setting;
    if (first === undefined) named.push({ name, setting: entry });
    else context.report(finding(duplicateSetting, key.span, { name }, [{ span: first.key.span, message: "first set here" }]));
  }
  return named;
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
  if (returns < 0) return [];
  const ends = [within, optional, at("decides")].filter((end) => end > returns);
  const typed = value.terms.slice(returns + 1, ends.length === 0 ? undefined : Math.min(...ends));
  const type = readType(typed, span, context.types(span.file), () => undefined);
  return [{ name: key.kind === "name" ? key.name : key.value, type: optional > returns ? { kind: "optional", type } : type }];
}
