/** `quota N/day by EXPRESSION`: so many calls in a day, week or month of the calendar. Promises: the windows are the same for everybody, and known. */
import type { Expression } from "../../../grammar/ast.ts";
import { finding } from "../../../grammar/source/diagnostic.ts";
import type { CheckContext } from "../../check/context.ts";
import { checkExpression } from "../../check/expressions/check-expression.ts";
import { evaluateConstant } from "../../check/expressions/evaluate-constant.ts";
import type { Measure, QuotaWindow } from "../../model/traffic.ts";
import type { StatementConstruct } from "../construct.ts";
import { type PhraseReader, readPhrase } from "../phrase-reader.ts";
import { limitPiece } from "./limit-piece.ts";
import { readKey } from "./limit-key.ts";
import { readShared } from "./read-shared.ts";
import { callsOutOfBounds, notConstantLimit, offsetTooLong, quotaForm } from "./traffic.diagnostics.ts";

const MOST_CALLS = 1_000_000_000;
const DAY = 86_400_000;
/** By the units of rates. A month has 28 days at least. */
const WINDOWS: ReadonlyMap<string, { readonly window: QuotaWindow; readonly shortest: number }> = new Map([
  ["d", { window: "day", shortest: DAY }],
  ["day", { window: "day", shortest: DAY }],
  ["week", { window: "week", shortest: 7 * DAY }],
  ["month", { window: "month", shortest: 28 * DAY }],
]);

export const quota: StatementConstruct = {
  kind: "statement",
  words: ["quota"],
  within: ["gateway", "api", "group", "route"],
  summary: "how many calls may come in a day, a week or a month, for each caller or other key",
  written: [
    "quota N/day by EXPRESSION",
    "quota N/week offset DURATION by EXPRESSION",
    "quota N/month by EXPRESSION",
    "quota N/day by EXPRESSION shared STORE on failure local",
  ],
  read: (statement, context, around) => {
    const phrase = readPhrase(statement, quota, context);
    const measure = readQuota(phrase, context);
    const by = readKey(phrase, context, around);
    const shared = readShared(phrase, context);
    if (!phrase.end() || measure === undefined || by === "broken") return undefined;
    return limitPiece(statement, measure, { by, shared }, context);
  },
};

/** What stands before `by`. Undefined after a finding. */
export function readQuota(phrase: PhraseReader, context: CheckContext): Measure | undefined {
  const node = phrase.expression("a number of calls, such as `10_000/day`,");
  const shift = phrase.takes("offset") ? phrase.expression("a duration, such as `6h`,") : undefined;
  if (node === undefined) return undefined;
  const [written = "", unit = ""] = node.kind === "rate" ? node.text.split("/") : [];
  const found = WINDOWS.get(unit);
  if (found === undefined) {
    context.report(finding(quotaForm, node.span, { found: context.written(node.span, 40) }));
    return undefined;
  }
  const calls = Number(written.replaceAll("_", ""));
  if (!Number.isInteger(calls) || calls < 1 || calls > MOST_CALLS) {
    context.report(finding(callsOutOfBounds, node.span, { what: "quota", most: `${MOST_CALLS}` }));
    return undefined;
  }
  const offset = shift === undefined ? 0 : readOffset(shift, found.shortest, context);
  return offset === undefined ? undefined : { kind: "quota", calls, window: found.window, offset };
}

function readOffset(node: Expression, shortest: number, context: CheckContext): number | undefined {
  const place = context.place(node.span.file, { kind: "nothing", what: "an offset" });
  const expr = checkExpression(node, place, context.report, { kind: "duration" });
  if (expr.type.kind === "poison") return undefined;
  const value = evaluateConstant(expr);
  if (typeof value !== "number") context.report(finding(notConstantLimit, expr.span, { what: "an offset" }));
  else if (value >= shortest) context.report(finding(offsetTooLong, expr.span, {}));
  else return value;
  return undefined;
}
