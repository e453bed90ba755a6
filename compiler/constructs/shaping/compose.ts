/**
 * `compose { customer: GET "/customers/{id}" -> customers returns Customer, ... }`: one answer of several backends, which are asked at once. Promises: each
 * part has a name, a type and a size; their number is bounded.
 */
import type { Block, Statement } from "../../../grammar/ast.ts";
import { finding } from "../../../grammar/source/diagnostic.ts";
import type { Around, CheckContext } from "../../check/context.ts";
import type { BodyHere } from "../../check/expressions/place.ts";
import type { ComposedPart } from "../../model/composed.ts";
import type { StatementConstruct } from "../construct.ts";
import { readPhrase } from "../phrase-reader.ts";
import type { Piece } from "../piece.ts";
import { partCount, partsTooLarge } from "./compose.diagnostics.ts";
import { fieldOfPart, namedSettings, PART_WRITTEN, readPart } from "./compose-part.ts";
import { MOST_READ } from "./size-within.ts";

/** As many as one digit of a span's id tells apart (`partSpanId`). */
const MOST_PARTS = 16;

export const compose: StatementConstruct = {
  kind: "statement",
  words: ["compose"],
  within: ["route"],
  summary: "makes one JSON answer of those of several backends, which are asked at once",
  written: ['compose { NAME: GET "/path" -> BACKEND returns TYPE, ... }'],
  read,
};

function read(statement: Statement, context: CheckContext, around: Around): Piece | undefined {
  const phrase = readPhrase(statement, compose, context);
  const block = phrase.block(`the parts, as in \`{ ${PART_WRITTEN[0]} }\``);
  if (!phrase.end() || block === undefined) return undefined;
  const { span } = statement;
  const named = namedSettings(block, "`compose`", context, `a part is written as \`${PART_WRITTEN[0]}\``);
  const parts = named.flatMap(({ name, setting }): readonly ComposedPart[] => {
    const part = readPart(name, setting, context, around);
    return part === undefined ? [] : [part];
  });
  if (named.length === 0 || named.length > MOST_PARTS) context.report(finding(partCount, span, { count: named.length, most: MOST_PARTS }));
  if (sum(parts) > MOST_READ) context.report(finding(partsTooLarge, span, { most: "64MiB" }));
  return { kind: "compose", parts, span };
}

export function sum(parts: readonly ComposedPart[]): number {
  return parts.reduce((all, { bytes }) => all + bytes, 0);
}

/** What `map response body` reads on a route that has parts: a record of them. Silent. */
export function composedAround(block: Block | undefined, context: CheckContext): BodyHere | undefined {
  for (const entry of block?.entries ?? []) {
    if (entry.kind !== "statement" || entry.word.name !== "compose") continue;
    const parts = entry.phrase.terms.flatMap((term) => (term.kind === "block" ? term.entries : []));
    const fields = parts.flatMap((part) => (part.kind === "setting" ? fieldOfPart(part, context) : []));
    return { type: { kind: "record", fields }, declared: entry.span };
  }
  return undefined;
}
