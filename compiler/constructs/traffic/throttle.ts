/** `throttle RATE burst N by EXPRESSION`: a bucket of calls for each key. Promises: what is read can be counted exactly. */
import { finding } from "../../../grammar/source/diagnostic.ts";
import type { Expression } from "../../../grammar/ast.ts";
import type { CheckContext } from "../../check/context.ts";
import { checkExpression } from "../../check/expressions/check-expression.ts";
import { evaluateConstant } from "../../check/expressions/evaluate-constant.ts";
import type { Measure } from "../../model/traffic.ts";
import type { StatementConstruct } from "../construct.ts";
import { type PhraseReader, readPhrase } from "../phrase-reader.ts";
import { readCount } from "./count.ts";
import { limitPiece } from "./limit-piece.ts";
import { readKey } from "./limit-key.ts";
import { readShared } from "./read-shared.ts";
import { notConstantLimit, noRate, rateTooHigh } from "./traffic.diagnostics.ts";

/** With it, all that is computed stays far below 2^53. */
const MOST_CALLS = 1_000_000;

export const throttle: StatementConstruct = {
  kind: "statement",
  words: ["throttle"],
  within: ["gateway", "api", "group", "route"],
  summary: "how many calls may come in how short a time, for each client, caller or other key",
  written: [
    "throttle RATE burst N by EXPRESSION",
    "throttle RATE burst N",
    "throttle RATE burst N by IP prefix BITS",
    "throttle RATE burst N by EXPRESSION shared STORE on failure deny",
  ],
  read: (statement, context, around) => {
    const phrase = readPhrase(statement, throttle, context);
    const measure = readThrottle(phrase, context);
    const by = readKey(phrase, context, around);
    const shared = readShared(phrase, context);
    if (!phrase.end() || measure === undefined || by === "broken") return undefined;
    return limitPiece(statement, measure, { by, shared }, context);
  },
};

/** What stands before `by`. Undefined after a finding. */
export function readThrottle(phrase: PhraseReader, context: CheckContext): Measure | undefined {
  const rate = phrase.expression("a rate, such as `10/s`,");
  const burst = phrase.word("burst") ? phrase.expression("the most calls at once") : undefined;
  if (rate === undefined || burst === undefined) return undefined;
  const read = readRate(rate, context);
  const most = readCount(burst, "burst", MOST_CALLS, context);
  if (read === undefined || most === undefined) return undefined;
  return { kind: "throttle", count: read.count, seconds: read.seconds, burst: most };
}

function readRate(node: Expression, context: CheckContext): { readonly count: number; readonly seconds: number } | undefined {
  const place = context.place(node.span.file, { kind: "nothing", what: "a rate" });
  const expr = checkExpression(node, place, context.report, { kind: "rate" });
  if (expr.type.kind === "poison") return undefined;
  const value = evaluateConstant(expr);
  if (!Array.isArray(value)) {
    context.report(finding(notConstantLimit, expr.span, { what: "a rate" }));
    return undefined;
  }
  const [count = 0, seconds = 1] = value.map(Number);
  if (count === 0) context.report(finding(noRate, expr.span, {}));
  else if (count > MOST_CALLS) context.report(finding(rateTooHigh, expr.span, { most: `${MOST_CALLS}` }));
  else return { count, seconds };
  return undefined;
}
