/**
 * `by EXPRESSION`: what calls are counted by. Promises: the key is one text or absent for a reason that the user gave; who could make up keys
 * at will, or as many as there are addresses, is told.
 */
import { finding } from "../../../grammar/source/diagnostic.ts";
import type { Around, CheckContext } from "../../check/context.ts";
import { checkExpression } from "../../check/expressions/check-expression.ts";
import type { Reads } from "../../check/expressions/place.ts";
import { shortType } from "../../check/types/print-type.ts";
import { bareType } from "../../model/bare-type.ts";
import { childrenOf } from "../../model/expression-children.ts";
import type { Expr } from "../../model/expression.ts";
import type { LimitKey } from "../../model/program.ts";
import type { PhraseReader } from "../phrase-reader.ts";
import { hasText } from "./has-text.ts";
import { keyMayBeAbsent, keyOfCallersChoice, keyOfWholeAddress, keyType, prefixForm } from "./traffic.diagnostics.ts";

/** Networks of providers and households have 64 bits; what is below is any client's to choose. */
const USUAL_PREFIX = 64;

/** Undefined: all calls count together. */
export function readKey(phrase: PhraseReader, context: CheckContext, around: Around): LimitKey | undefined | "broken" {
  if (!phrase.takes("by")) return undefined;
  const node = phrase.expression("what calls are counted by, such as `client.ip`,");
  const bits = phrase.takes("prefix") ? phrase.expression("a number of bits") : undefined;
  if (node === undefined) return "broken";
  const place = context.place(node.span.file, withoutBody(around.reads), around.parameters);
  const expr = checkExpression(node, place, context.report);
  if (expr.type.kind === "poison") return "broken";
  const isAddress = bareType(expr.type).kind === "ip";
  if (!isCountable(expr, context)) return "broken";
  warnOfChoice(expr, context);
  if (bits === undefined) return { expr, ...(isAddress ? { prefix: USUAL_PREFIX } : {}) };
  const prefix = bits.kind === "int" ? Number(bits.text) : 0;
  if (isAddress && prefix >= 1 && prefix <= 128) return { expr, prefix };
  context.report(finding(prefixForm, bits.span, { isAddress, type: shortType(expr.type) }));
  return "broken";
}

function withoutBody(reads: Reads): Reads {
  return reads.kind === "request" ? { ...reads, body: { missing: "calls are counted before their body is read" } } : reads;
}

function isCountable({ type, span }: Expr, context: CheckContext): boolean {
  if (type.kind === "optional") context.report(finding(keyMayBeAbsent, span, { written: context.written(span, 40) }));
  else if (!hasText(bareType(type))) context.report(finding(keyType, span, { type: shortType(type) }));
  else return true;
  return false;
}

function warnOfChoice(expr: Expr, context: CheckContext): void {
  const chosen = partsOf(expr).find((part) => CHOSEN.has(part.op));
  const address = bareType(expr.type).kind === "ip" ? undefined : partsOf(expr).find((part) => bareType(part.type).kind === "ip");
  if (chosen !== undefined) context.report(finding(keyOfCallersChoice, chosen.span, { written: context.written(chosen.span, 40) }));
  else if (address !== undefined) context.report(finding(keyOfWholeAddress, address.span, {}));
}

const CHOSEN: ReadonlySet<Expr["op"]> = new Set(["header", "headers", "query", "queries", "path", "pathParam", "host"]);

/** All of which a key is made, but for what has few values. */
function partsOf(expr: Expr): readonly Expr[] {
  const type = bareType(expr.type);
  if (type.kind === "bool" || type.kind === "literals" || type.kind === "method") return [];
  return [expr, ...childrenOf(expr).flatMap(partsOf)];
}
