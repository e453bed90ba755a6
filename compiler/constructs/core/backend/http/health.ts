/** `health GET "/healthz" every 5s`: servers are asked whether they are well. */
import type { Statement } from "../../../../../grammar/ast.ts";
import { finding } from "../../../../../grammar/source/diagnostic.ts";
import type { HealthRule } from "../../../../../runtime/contract/http-traffic.ts";
import type { CheckContext } from "../../../../check/context.ts";
import type { StatementConstruct } from "../../../construct.ts";
import { readPhrase } from "../../../phrase-reader.ts";
import type { Piece } from "../../../piece.ts";
import { readSettings } from "../../../settings.ts";
import { bounded, counts, known, times } from "./bounded.ts";
import { healthPath } from "./http.diagnostics.ts";

export const HEALTH_SETTINGS = {
  timeout: { form: "constant", type: { kind: "duration" }, doc: "how long an answer may take", byDefault: "`2s`" },
  fails: { form: "constant", type: { kind: "int" }, doc: "how many bad answers in a row make a server unwell", byDefault: "`3`" },
  passes: { form: "constant", type: { kind: "int" }, doc: "how many good answers in a row make it well again", byDefault: "`2`" },
  status: { form: "constant", type: { kind: "int" }, doc: "the status of a good answer", byDefault: "any of 200 to 299" },
} as const;

export const health: StatementConstruct = {
  kind: "statement",
  words: ["health"],
  within: ["backend"],
  summary: "servers are asked whether they are well",
  written: ['health GET "/PATH" every DURATION', 'health GET "/PATH" every DURATION { timeout: 2s, fails: 3, passes: 2, status: 200 }'],
  read,
};

function read(statement: Statement, context: CheckContext): Piece | undefined {
  const phrase = readPhrase(statement, health, context);
  const isHead = phrase.takes("HEAD");
  if (!isHead) phrase.word("GET");
  const path = phrase.text("a path in quotes");
  const every = phrase.word("every") ? phrase.expression("a duration") : undefined;
  const block = phrase.optionalBlock();
  if (!phrase.end() || path === undefined || every === undefined) return undefined;
  const owner = { owner: "`health`", head: statement.word.span };
  const values = block && readSettings(block, HEALTH_SETTINGS, owner, context).values;
  if (!/^\/[!$-;=?-[\]_a-z~]*$/.test(path.value)) {
    context.report(finding(healthPath, path.span, { written: path.value }));
    return undefined;
  }
  const status = values?.status && bounded(values.status, counts("`status`", 599, 200), 200, context);
  const rule: HealthRule = {
    method: isHead ? "HEAD" : "GET",
    path: path.value,
    every: bounded(known(every, { kind: "duration" }, { name: "every", owner: "`health`" }, context), often, 5_000, context),
    timeout: bounded(values?.timeout, { ...times, what: "`timeout`" }, 2_000, context),
    fails: bounded(values?.fails, counts("`fails`", 100), 3, context),
    passes: bounded(values?.passes, counts("`passes`", 100), 2, context),
    statuses: status === undefined ? [200, 299] : [status, status],
  };
  return { kind: "health", rule, span: statement.span };
}

const often = { what: "`every`", least: 100, most: 3_600_000, shown: ["`100ms`", "`1h`"] } as const;
