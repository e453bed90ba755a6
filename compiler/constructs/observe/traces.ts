/** `traces { share: PERCENT }`: the gateway takes part in traces (W3C Trace Context). */
import type { Statement } from "../../../grammar/ast.ts";
import type { CheckContext } from "../../check/context.ts";
import type { StatementConstruct } from "../construct.ts";
import { readPhrase } from "../phrase-reader.ts";
import type { Piece } from "../piece.ts";
import { readSettings } from "../settings.ts";

export const TRACES_SETTINGS = {
  share: {
    form: "constant",
    type: { kind: "percent" },
    required: true,
    doc: "how many of the calls are traced that nobody traces yet",
  },
  otlp: {
    form: "value",
    type: { kind: "url" },
    doc: 'where a collector takes OTLP over HTTP, as in `"http://collector:4318"`',
    byDefault: "the gateway tells no spans of its own",
  },
} as const;

export const traces: StatementConstruct = {
  kind: "statement",
  words: ["traces"],
  within: ["gateway"],
  summary: "the gateway takes part in traces, and tells backends of them",
  written: ["traces { share: PERCENT }", "traces { share: PERCENT, otlp: URL }"],
  read,
};

function read(statement: Statement, context: CheckContext): Piece | undefined {
  const phrase = readPhrase(statement, traces, context);
  const block = phrase.block("a block");
  if (!phrase.end() || block === undefined) return undefined;
  const { values } = readSettings(block, TRACES_SETTINGS, { owner: "`traces`", head: statement.word.span }, context);
  if (values.share === undefined) return undefined;
  return {
    kind: "traces",
    traces: { share: Number(values.share.value), ...(values.otlp === undefined ? {} : { collector: values.otlp }) },
    span: statement.span,
  };
}
