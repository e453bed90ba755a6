/**
 * `returns Order`, `returns 404 Problem`: the types of what a backend answers. Promises: what names one status counts before what names many; no two
 * statements are about the same.
 */
import type { Block, Statement, Term } from "../../../grammar/ast.ts";
import { finding } from "../../../grammar/source/diagnostic.ts";
import type { Span } from "../../../grammar/source/span.ts";
import type { CheckContext } from "../../check/context.ts";
import type { BodyHere } from "../../check/expressions/place.ts";
import { jsonless } from "../../check/expressions/mapped-record.ts";
import { withoutJson } from "../../check/expressions/mapping.diagnostics.ts";
import type { Report } from "../../check/report.ts";
import { readType } from "../../check/types/read-type.ts";
import type { ReturnedType } from "../../model/returned.ts";
import type { StatementConstruct } from "../construct.ts";
import { readPhrase } from "../phrase-reader.ts";
import type { Piece } from "../piece.ts";
import { returnedStatus } from "./shaping.diagnostics.ts";
import { sizeWithin } from "./size-within.ts";

type Statuses = Pick<ReturnedType, "least" | "most">;
const SUCCESS: Statuses = { least: 200, most: 299 };
const CLASSES: ReadonlyMap<string, Statuses> = new Map([
  ["success", SUCCESS],
  ["client_errors", { least: 400, most: 499 }],
  ["server_errors", { least: 500, most: 599 }],
]);

export const returns: StatementConstruct = {
  kind: "statement",
  words: ["returns"],
  within: ["route"],
  summary: "the type of what the backend answers; what does not fit goes no further",
  written: ["returns TYPE", "returns STATUS TYPE", "returns client_errors TYPE within 64KiB"],
  read,
};

function read(statement: Statement, context: CheckContext): Piece | undefined {
  const phrase = readPhrase(statement, returns, context);
  const terms = phrase.until("within");
  const bytes = sizeWithin(phrase, context);
  if (!phrase.end()) return undefined;
  const { span } = statement;
  const [statuses, typed] = statusesOf(terms);
  if (statuses === undefined) {
    const [first] = terms;
    context.report(finding(returnedStatus, first?.span ?? span, { found: context.written(first?.span ?? span, 40) }));
    return undefined;
  }
  const type = readType(typed, span, context.types(span.file), context.report);
  const why = jsonless(type);
  if (why !== undefined) context.report(finding(withoutJson, typed[0]?.span ?? span, { type: why }));
  if (type.kind === "poison" || bytes === undefined || why !== undefined) return undefined;
  return { kind: "returns", returned: { ...statuses, type, bytes, span }, span };
}

/** A status without a place for a body is none. */
function statusesOf(terms: readonly Term[]): readonly [Statuses | undefined, readonly Term[]] {
  const [first, ...rest] = terms;
  if (rest.length > 0 && first?.kind === "name" && CLASSES.has(first.name)) return [CLASSES.get(first.name), rest];
  if (rest.length === 0 || first?.kind !== "int") return [SUCCESS, terms];
  const status = Number(first.text);
  const hasBody = status >= 200 && status <= 599 && status !== 204 && status !== 205 && status !== 304;
  return [hasBody ? { least: status, most: status } : undefined, rest];
}

/** What `map response body` reads: asked for before the statements of the block are read, and silent. */
export function answerAround(block: Block | undefined, context: CheckContext): BodyHere {
  const silent: Report = () => undefined;
  for (const entry of block?.entries ?? []) {
    if (entry.kind !== "statement" || entry.word.name !== "returns") continue;
    const within = entry.phrase.terms.findIndex((term) => term.kind === "name" && term.name === "within");
    const [statuses, typed] = statusesOf(within < 0 ? entry.phrase.terms : entry.phrase.terms.slice(0, within));
    const span: Span = entry.span;
    if (statuses?.least === SUCCESS.least && statuses.most === SUCCESS.most)
      return { type: readType(typed, span, context.types(span.file), silent), declared: span };
  }
  return { missing: "this route does not say what successes are, with `returns TYPE`" };
}
