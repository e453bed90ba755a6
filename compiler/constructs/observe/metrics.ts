/** `metrics`: figures of calls and of the process, at the door of `observe`. */
import type { Statement } from "../../../grammar/ast.ts";
import { finding } from "../../../grammar/source/diagnostic.ts";
import type { CheckContext } from "../../check/context.ts";
import type { StatementConstruct } from "../construct.ts";
import { readPhrase } from "../phrase-reader.ts";
import type { Piece } from "../piece.ts";
import { readSettings } from "../settings.ts";
import { bucketsForm } from "./observe.diagnostics.ts";

/** Milliseconds: from what a gateway itself takes to what people wait for. */
export const DEFAULT_BUCKETS = [0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000] as const;

export const METRICS_SETTINGS = {
  buckets: {
    form: "constant",
    type: { kind: "list", element: { kind: "duration" }, minSize: 1, maxSize: 30 },
    doc: "the upper ends of the buckets that times are counted in, rising",
    byDefault: "0.5 ms to 30 s in 15 steps",
  },
} as const;

export const metrics: StatementConstruct = {
  kind: "statement",
  words: ["metrics"],
  within: ["gateway"],
  summary: "figures of calls and of the process, for Prometheus",
  written: ["metrics", "metrics { buckets: [DURATION, ...] }"],
  read,
};

function read(statement: Statement, context: CheckContext): Piece | undefined {
  const phrase = readPhrase(statement, metrics, context);
  const block = phrase.optionalBlock();
  if (!phrase.end()) return undefined;
  const { span } = statement;
  if (block === undefined) return { kind: "metrics", metrics: { buckets: DEFAULT_BUCKETS }, span };
  const { values } = readSettings(block, METRICS_SETTINGS, { owner: "`metrics`", head: statement.word.span }, context);
  const written = values.buckets;
  if (written === undefined) return { kind: "metrics", metrics: { buckets: DEFAULT_BUCKETS }, span };
  const buckets = (written.value as readonly unknown[]).map(Number);
  const isRising = buckets.every((bucket, at) => bucket > (buckets[at - 1] ?? 0));
  if (!isRising) context.report(finding(bucketsForm, written.span, {}));
  return { kind: "metrics", metrics: { buckets }, span };
}
