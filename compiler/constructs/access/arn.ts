/** `arn { region: ..., account: ..., api_id: ... }`: what IAM documents call this API. */
import type { Span } from "../../../grammar/source/span.ts";
import type { Expr } from "../../model/expression.ts";
import type { StatementConstruct } from "../construct.ts";
import { readPhrase } from "../phrase-reader.ts";
import { readSettings } from "../settings.ts";

const SHAPES = {
  region: { form: "value", type: { kind: "string" }, required: true, doc: "the region, as in `eu-west-1`" },
  account: { form: "value", type: { kind: "accountId" }, required: true, doc: "the account that the API belongs to" },
  api_id: { form: "value", type: { kind: "string" }, required: true, doc: "the id of the API" },
  partition: { form: "value", type: { kind: "string" }, doc: "the partition", byDefault: '`"aws"`' },
} as const;

export const arn: StatementConstruct = {
  kind: "statement",
  words: ["arn"],
  within: ["gateway"],
  summary: "what IAM documents call this API",
  written: ['arn { region: "eu-west-1", account: ACCOUNT, api_id: "abc123" }'],
  read: (statement, context) => {
    const phrase = readPhrase(statement, arn, context);
    const block = phrase.block("a block");
    if (!phrase.end() || block === undefined) return undefined;
    const { values } = readSettings(block, SHAPES, { owner: "`arn`", head: statement.word.span }, context);
    const { region, account, api_id: api, partition = text("aws", statement.word.span) } = values;
    if (region === undefined || account === undefined || api === undefined) return undefined;
    return { kind: "arn", name: { partition, region, account, api }, span: statement.span };
  },
};

function text(value: string, span: Span): Expr {
  return { op: "const", value, type: { kind: "string" }, span };
}
