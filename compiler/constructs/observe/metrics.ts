/** `metrics`: figures of calls and of the process, at the door of `observe`. */
import type { Statement } from "../../../grammar/ast.ts";
import { finding } from "../../../grammar/source/diagnostic.ts";
import type { Span } from "../../../grammar/source/span.ts";
import type { CheckContext } from "../../check/context.ts";
import { limitOutOfBounds } from "../access/routing.diagnostics.ts";
import type { StatementConstruct } from "../construct.ts";
import { readPhrase } from "../phrase-reader.ts";
import type { Piece } from "../piece.ts";
import { readSettings } from "../settings.ts";
import { bucketsForm } from "./observe.diagnostics.ts";

/** Milliseconds: from what a gateway itself takes to what people wait for. */
export const DEFAULT_BUCKETS = [0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000] as const;

const USUAL_PAUSE = 15_000;

export const METRICS_SETTINGS = {
  buckets: {
    form: "constant",
    type: { kind: "list", element: { kind: "duration" }, minSize: 1, maxSize: 30 },
    doc: "the upper ends of the buckets that times are counted in, rising",
    byDefault: "0.5 ms to 30 s in 15 steps",
  },
  otlp: {
    form: "value",
    type: { kind: "url" },
    doc: 'where a collector takes OTLP over HTTP, as in `"http://collector:4318"`',
    byDefault: "nobody is told but who asks",
  },
  every: { form: "constant", type: { kind: "duration" }, doc: "the time between two reports to it", byDefault: "15s" },
} as const;

export const metrics: StatementConstruct = {
  kind: "statement",
  words: ["metrics"],
  within: ["gateway"],
  summary: "figures of calls and of the process, for Prometheus and OTLP",
  written: ["metrics", "metrics { buckets: [DURATION, ...] }", "metrics { otlp: URL, every: DURATION }"],
  read,
};

function read(statement: Statement, context: CheckContext): Piece | undefined {
  const phrase = readPhrase(statement, metrics, context);
  const block = phrase.optionalBlock();
  if (!phrase.end()) return undefined;
  const { span } = statement;
  if (block === undefined) return { kind: "metrics", metrics: { buckets: DEFAULT_BUCKETS }, span };
  const { values } = readSettings(block, METRICS_SETTINGS, { owner: "`metrics`", head: statement.word.span }, context);
  const { otlp } = values;
  const collector = otlp === undefined ? {} : { collector: { url: otlp, every: everyOf(values.every, context) } };
  return { kind: "metrics", metrics: { buckets: bucketsOf(values.buckets, context), ...collector }, span };
}

type Constant = { readonly value: unknown; readonly span: Span } | undefined;

function bucketsOf(written: Constant, context: CheckContext): readonly number[] {
  if (written === undefined) return DEFAULT_BUCKETS;
  const buckets = (written.value as readonly unknown[]).map(Number);
  const isRising = buckets.every((bucket, at) => bucket > (buckets[at - 1] ?? 0));
  if (!isRising) context.report(finding(bucketsForm, written.span, {}));
  return buckets;
}

/** Milliseconds. */
function everyOf(written: Constant, context: CheckContext): number {
  const every = Number(written?.value ?? USUAL_PAUSE);
  if (written !== undefined && (every < 1_000 || every > 3_600_000))
    context.report(finding(limitOutOfBounds, written.span, { name: "every", least: "1s", most: "1h" }));
  return every;
}
