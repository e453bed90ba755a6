/** `retry N on [...] when idempotent`: a call that fails is tried again. Promises: nothing is sent twice that was not said to bear it. */
import type { Expression, Statement } from "../../../../../grammar/ast.ts";
import { finding } from "../../../../../grammar/source/diagnostic.ts";
import type { RetryCause, RetryRule } from "../../../../../runtime/contract/http-traffic.ts";
import type { CheckContext } from "../../../../check/context.ts";
import type { StatementConstruct } from "../../../construct.ts";
import { type PhraseReader, readPhrase } from "../../../phrase-reader.ts";
import type { Piece } from "../../../piece.ts";
import { readSettings } from "../../../settings.ts";
import { bounded, counts, known, share, shares, times } from "./bounded.ts";
import { retryCause, retryWithoutCalls } from "./http.diagnostics.ts";

export const RETRY_SETTINGS = {
  budget: { form: "constant", type: { kind: "percent" }, doc: "attempts beside the first, as a share of all calls", byDefault: "`20%`" },
  backoff: { form: "constant", type: { kind: "duration" }, doc: "the longest pause before the second attempt", byDefault: "`25ms`" },
} as const;

export const retry: StatementConstruct = {
  kind: "statement",
  words: ["retry"],
  within: ["backend"],
  summary: "calls that fail are tried again, where that does no harm",
  written: [
    "retry N on [connect, reset, timeout, 502, 503, 504] when idempotent",
    'retry N on [connect, 503] when any because "..."',
    "retry N on [...] when idempotent { budget: 20%, backoff: 25ms }",
  ],
  read,
};

const CAUSES: readonly RetryCause[] = ["connect", "reset", "timeout", 429, 500, 502, 503, 504];

function read(statement: Statement, context: CheckContext): Piece | undefined {
  const phrase = readPhrase(statement, retry, context);
  const times_ = phrase.expression("how many times");
  const list = phrase.word("on") ? phrase.expression("a list of what a call is tried again for") : undefined;
  if (times_ === undefined || list === undefined) return undefined;
  const calls = readCalls(phrase, statement, context);
  const block = phrase.optionalBlock();
  if (!phrase.end() || calls === undefined) return undefined;
  const owner = { owner: "`retry`", head: statement.word.span };
  const values = block && readSettings(block, RETRY_SETTINGS, owner, context).values;
  const rule: RetryRule = {
    times: bounded(
      known(times_, { kind: "int" }, { name: "retry", owner: "a backend" }, context),
      counts("the number of retries", 5),
      1,
      context,
    ),
    on: readCauses(list, context),
    calls,
    budget: share(bounded(values?.budget, shares("`budget`"), 20, context)),
    backoff: bounded(values?.backoff, { ...times, what: "`backoff`" }, 25, context),
  };
  return { kind: "retry", rule, span: statement.span };
}

function readCalls(phrase: PhraseReader, statement: Statement, context: CheckContext): RetryRule["calls"] | undefined {
  if (phrase.takes("when")) {
    if (phrase.takes("idempotent")) return "idempotent";
    if (phrase.takes("any"))
      return phrase.word("because") && phrase.text("why a repeated call does no harm, in quotes") !== undefined ? "any" : undefined;
    phrase.refuse('`idempotent`, or `any because "..."`,');
    return undefined;
  }
  if (!phrase.failed()) context.report(finding(retryWithoutCalls, statement.word.span, {}));
  return undefined;
}

function readCauses(list: Expression, context: CheckContext): readonly RetryCause[] {
  const known_ = CAUSES.map(String);
  const items = list.kind === "list" ? list.items : [];
  if (items.length === 0) context.report(finding(retryCause, list.span, { written: context.written(list.span, 40), known: known_ }));
  return items.flatMap((item) => {
    const cause = CAUSES.find((one) => String(one) === context.written(item.span, 40));
    if (cause === undefined) context.report(finding(retryCause, item.span, { written: context.written(item.span, 40), known: known_ }));
    return cause ?? [];
  });
}
