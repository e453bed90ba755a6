/** `breaker open at 50% errors over 10s`: where too many calls end badly, the next ones are refused at once for a while. */
import type { Statement } from "../../../../../grammar/ast.ts";
import { finding } from "../../../../../grammar/source/diagnostic.ts";
import type { BreakerRule } from "../../../../../runtime/contract/http-traffic.ts";
import type { CheckContext } from "../../../../check/context.ts";
import type { StatementConstruct } from "../../../construct.ts";
import { readPhrase } from "../../../phrase-reader.ts";
import type { Piece } from "../../../piece.ts";
import { readSettings } from "../../../settings.ts";
import { bounded, counts, known, share, shares, times } from "./bounded.ts";
import { hairTrigger } from "./http.diagnostics.ts";

export const BREAKER_SETTINGS = {
  least: { form: "constant", type: { kind: "int" }, doc: "how many calls it judges by, at least", byDefault: "`20`" },
  pause: { form: "constant", type: { kind: "duration" }, doc: "how long it stays open before calls are tried", byDefault: "`5s`" },
  trials: { form: "constant", type: { kind: "int" }, doc: "how many calls are tried then; all must end well", byDefault: "`3`" },
} as const;

export const breaker: StatementConstruct = {
  kind: "statement",
  words: ["breaker"],
  within: ["backend"],
  summary: "where too many calls end badly, the next ones are refused at once for a while",
  written: [
    "breaker open at PERCENT errors over DURATION",
    "breaker open at PERCENT errors over DURATION { least: 20, pause: 5s, trials: 3 }",
  ],
  read,
};

const fewest = 5;

function read(statement: Statement, context: CheckContext): Piece | undefined {
  const phrase = readPhrase(statement, breaker, context);
  const at = phrase.word("open") && phrase.word("at") ? phrase.expression("a share of the calls, such as `50%`,") : undefined;
  const over = phrase.word("errors") && phrase.word("over") ? phrase.expression("a duration") : undefined;
  const block = phrase.optionalBlock();
  if (!phrase.end()) return undefined;
  const values = block && readSettings(block, BREAKER_SETTINGS, { owner: "`breaker`", head: statement.word.span }, context).values;
  const part = known(at, { kind: "percent" }, { name: "open at", owner: "`breaker`" }, context);
  const window = known(over, { kind: "duration" }, { name: "over", owner: "`breaker`" }, context);
  const least = bounded(values?.least, counts("`least`", 10_000), 20, context);
  if (values?.least !== undefined && least < fewest) context.report(finding(hairTrigger, values.least.span, { least }));
  const rule: BreakerRule = {
    share: share(bounded(part, shares("`open at`"), 50, context)),
    window: bounded(window, { ...times, what: "`over`" }, 10_000, context),
    least,
    pause: bounded(values?.pause, { ...times, what: "`pause`" }, 5_000, context),
    trials: bounded(values?.trials, counts("`trials`", 100), 3, context),
  };
  return { kind: "breaker", rule, span: statement.span };
}
