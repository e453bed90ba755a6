/** One request with the values of one row. */
import type { Block, Expression, Term } from "../../../../grammar/ast.ts";
import { finding } from "../../../../grammar/source/diagnostic.ts";
import type { CheckContext } from "../../../check/context.ts";
import { checkValue } from "../../../check/expressions/check-expression.ts";
import { didYouMean } from "../../../check/did-you-mean.ts";
import { evaluateConstant } from "../../../check/expressions/evaluate-constant.ts";
import type { Place } from "../../../check/expressions/place.ts";
import type { TestRequest } from "../../../model/program.ts";
import type { Type, Value } from "../../../model/types.ts";
import { strayEntry } from "../../frame.diagnostics.ts";
import { unknownEntry } from "../../../check/program/doors.diagnostics.ts";
import { foundTerm } from "../../terms.ts";
import { fillTerms, type Cells } from "./fill-cells.ts";
import { jsonValue } from "./json-value.ts";
import type { RequestShape } from "./request-shape.ts";
import { testClaims } from "./test-claims.ts";
import { targetForm, testNotConstant, unknownStage } from "./test.diagnostics.ts";

/** An address for documentation (RFC 5737), where a test names none. */
const NOBODYS_ADDRESS = "192.0.2.1";

/** Of one test. */
const MOST_TIMES = 10_000;

const BROKEN = Symbol("broken");
type Read<Part> = Part | undefined | typeof BROKEN;
type Around = { readonly cells: Cells; readonly place: Place; readonly context: CheckContext };

/** Undefined after a finding. */
export function testRequest(shape: RequestShape, cells: Cells, context: CheckContext): TestRequest | undefined {
  const around: Around = { cells, context, place: context.place(shape.span.file, { kind: "nothing", what: "a test" }) };
  const target = readTarget(shape.target, around);
  const from = constant(shape.from, { kind: "ip" }, "the address", around);
  const at = constant(shape.at, { kind: "time" }, "the time", around);
  const stage = readStage(shape.stage, around);
  const times = constant(shape.times, { kind: "int", min: 1, max: MOST_TIMES }, "the number of calls", around);
  const via = readEntry(shape.via, around);
  const headers = shape.headers === undefined ? [] : readHeaders(shape.headers, around);
  const caller = readCaller(shape.as, around);
  const body = readBody(shape.body, around);
  if (target === undefined || from === BROKEN || at === BROKEN || stage === BROKEN || via === BROKEN) return undefined;
  if (times === BROKEN || headers === undefined || caller === undefined || body === BROKEN) return undefined;
  return {
    method: shape.method,
    target,
    from: from === undefined ? NOBODYS_ADDRESS : String(from),
    ...(via === undefined ? {} : { via }),
    as: caller,
    headers,
    ...(body === undefined ? {} : { body }),
    ...(at === undefined ? {} : { at: Number(at) }),
    ...(stage === undefined ? {} : { stage }),
    ...(times === undefined ? {} : { times: Number(times) }),
  };
}

function readTarget(node: Expression, { cells, context }: Around): string | undefined {
  const [term, ...more] = fillTerms([node], cells);
  if (term?.kind === "text" && more.length === 0 && term.value.startsWith("/")) return term.value;
  const span = term?.span ?? node.span;
  context.report(finding(targetForm, span, { found: foundTerm(term, context.written(span)) }));
  return undefined;
}

/** Absent where the request does not say it, or where its cell is empty. */
function constant(node: Expression | undefined, type: Type, what: string, { cells, place, context }: Around): Read<Value> {
  const terms = node === undefined ? [] : fillTerms([node], cells);
  if (node === undefined || terms.length === 0) return undefined;
  const expr = checkValue({ terms, span: node.span }, place, context.report, type);
  if (expr.type.kind === "poison") return BROKEN;
  const value = evaluateConstant(expr);
  if (value !== undefined) return value;
  context.report(finding(testNotConstant, expr.span, { what }));
  return BROKEN;
}

function readStage(node: Expression | undefined, { cells, context }: Around): Read<string> {
  const [term] = node === undefined ? [] : fillTerms([node], cells);
  if (term === undefined) return undefined;
  if (term.kind === "name" && context.stages.includes(term.name)) return term.name;
  context.report(finding(unknownStage, term.span, { stage: context.written(term.span, 40), known: context.stages }));
  return BROKEN;
}

function readEntry(node: Expression | undefined, { cells, context }: Around): Read<string> {
  const [term] = node === undefined ? [] : fillTerms([node], cells);
  if (term === undefined) return undefined;
  const known = context.declared("entry").map((declaration) => declaration.name.name);
  if (term.kind === "name" && known.includes(term.name)) return term.name;
  const name = context.written(term.span, 40);
  context.report(finding(unknownEntry, term.span, { name, meant: didYouMean(name, known), known }));
  return BROKEN;
}

function readHeaders(block: Block, around: Around): TestRequest["headers"] | undefined {
  const { context, place } = around;
  const fields: (readonly [string, string])[] = [];
  let isGood = true;
  for (const entry of filled(block, around).entries) {
    if (entry.kind !== "setting") {
      context.report(finding(strayEntry, entry.span, { what: `\`${context.written(entry.span, 40)}\``, place: "`headers`" }));
      isGood = false;
      continue;
    }
    const expr = checkValue(entry.value, place, context.report, { kind: "string" });
    const value = expr.type.kind === "poison" ? undefined : evaluateConstant(expr);
    if (typeof value === "string") fields.push([entry.key.kind === "name" ? entry.key.name : entry.key.value, value]);
    else {
      if (expr.type.kind !== "poison") context.report(finding(testNotConstant, expr.span, { what: "a header field" }));
      isGood = false;
    }
  }
  return isGood ? fields : undefined;
}

function readCaller(as: RequestShape["as"], around: Around): TestRequest["as"] | undefined {
  const callers = as.flatMap(({ identity, claims: block, span }) => {
    const claims = testClaims(identity, filled(block, around), span, around.place, around.context);
    return claims === undefined ? [] : [{ identity: identity.name, claims }];
  });
  return callers.length < as.length ? undefined : callers;
}

function readBody(terms: readonly Term[] | undefined, { cells, place, context }: Around): Read<Value> {
  const [term] = terms === undefined ? [] : fillTerms(terms, cells);
  if (term === undefined) return undefined;
  return jsonValue(term, place, context) ?? BROKEN;
}

function filled(block: Block, { cells }: Around): Block {
  const [term] = fillTerms([block], cells);
  return term?.kind === "block" ? term : block;
}
