/** Numbers of a backend, known when the program is compiled and within bounds. */
import type { Expression } from "../../../../../grammar/ast.ts";
import { finding } from "../../../../../grammar/source/diagnostic.ts";
import type { Span } from "../../../../../grammar/source/span.ts";
import type { CheckContext } from "../../../../check/context.ts";
import { checkExpression } from "../../../../check/expressions/check-expression.ts";
import { evaluateConstant } from "../../../../check/expressions/evaluate-constant.ts";
import type { Type, Value } from "../../../../model/types.ts";
import { settingNotConstant } from "../../../frame.diagnostics.ts";
import { trafficBounds } from "./http.diagnostics.ts";

/** `what` begins the message: "`every`". Bounds as the user writes them. */
export type Bounds = { readonly what: string; readonly least: number; readonly most: number; readonly shown: readonly [string, string] };
type Known = { readonly value: Value; readonly span: Span };

/** The number, or `usual` where nothing is written or what is written has its finding. */
export function bounded(written: Known | undefined, bounds: Bounds, usual: number, context: CheckContext): number {
  if (written === undefined) return usual;
  const value = Number(written.value);
  if (value >= bounds.least && value <= bounds.most) return value;
  context.report(finding(trafficBounds, written.span, { what: bounds.what, least: bounds.shown[0], most: bounds.shown[1] }));
  return usual;
}

/** An expression of a phrase that must be known now. `owner` as in "`health`". */
export function known(
  node: Expression | undefined,
  type: Type,
  what: { readonly name: string; readonly owner: string },
  context: CheckContext,
): Known | undefined {
  if (node === undefined) return undefined;
  const place = context.place(node.span.file, { kind: "nothing", what: `\`${what.name}\` of ${what.owner}` });
  const expr = checkExpression(node, place, context.report, type);
  if (expr.type.kind === "poison") return undefined;
  const value = evaluateConstant(expr);
  if (value !== undefined) return { value, span: expr.span };
  context.report(finding(settingNotConstant, expr.span, what));
  return undefined;
}

/** Percent are held as shares of a hundred. */
export function share(percent: number): number {
  return percent / 100;
}

export const times: Bounds = { what: "a time", least: 1, most: 3_600_000, shown: ["`1ms`", "`1h`"] };
export const counts = (what: string, most: number, least = 1): Bounds => ({ what, least, most, shown: [String(least), String(most)] });
export const shares = (what: string): Bounds => ({ what, least: 1, most: 100, shown: ["`1%`", "`100%`"] });
