/** Spans as `file:line`, and which rule a span stands in, for the comments of the emitted program. */
import { positionAt, type SourceFile, type Span } from "../../grammar/source/span.ts";
import type { IrRule } from "../model/ir.ts";

export type Place = { readonly file: string; readonly line: number };
export type PlaceOf = (span: Span) => Place;
/** The label of the narrowest rule around a span, or of nothing. */
export type LabelOf = (span: Span) => string | undefined;

/** A span in a file that is not there is at line 1. */
export function placesIn(sources: ReadonlyMap<string, SourceFile>): PlaceOf {
  return ({ file, start }) => {
    const source = sources.get(file);
    return { file, line: source === undefined ? 1 : positionAt(source, start).line };
  };
}

export function ruleLabels(rules: readonly IrRule[]): LabelOf {
  const byFile = new Map<string, IrRule[]>();
  for (const rule of rules) {
    const known = byFile.get(rule.span.file);
    if (known === undefined) byFile.set(rule.span.file, [rule]);
    else known.push(rule);
  }
  for (const known of byFile.values()) known.sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
  return (span) => narrowest(byFile.get(span.file) ?? [], span)?.label;
}

/** Rules lie in one another or apart, so the narrowest around a place is the last to start before it that has not ended. */
function narrowest(rules: readonly IrRule[], span: Span): IrRule | undefined {
  let low = 0;
  let high = rules.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rules[middle]?.span.start ?? 0) <= span.start) low = middle + 1;
    else high = middle;
  }
  for (let at = low - 1; at >= 0 && at >= low - 64; at--) {
    const rule = rules[at];
    if (rule !== undefined && rule.span.end >= span.end) return rule;
  }
  return undefined;
}
