/**
 * Spans and figures on their way to a collector (OTLP over HTTP, as JSON), by OpenTelemetry's own exporters: they batch, retry and time out. What is a
 * span or a figure is said elsewhere; here both get the library's form. The exporters read `OTEL_EXPORTER_OTLP_HEADERS` and its like by themselves.
 */
import { SpanKind, SpanStatusCode, TraceFlags, ValueType } from "@opentelemetry/api";
import { type ExportResult, ExportResultCode, type InstrumentationScope, TraceState } from "@opentelemetry/core";
import { OTLPMetricExporter } from "@opentelemetry/exporter-metrics-otlp-http";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { type Resource, resourceFromAttributes } from "@opentelemetry/resources";
import { AggregationTemporality, DataPointType, type MetricData } from "@opentelemetry/sdk-metrics";
import { BatchSpanProcessor, type ReadableSpan, type SpanExporter } from "@opentelemetry/sdk-trace";
import type { Family, Labels, Sample } from "../../../observe/metrics/families.ts";
import type { Span } from "../../../observe/spans.ts";

/** `url`: of the collector, without `/v1/...`. `attributes`: of the process that tells. */
export type Collector = {
  readonly url: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Told at most once a minute. */
  readonly fault: (error: unknown) => void;
};
export type Otlp = {
  readonly spans: (collector: Collector) => { readonly send: (spans: readonly Span[]) => void; readonly close: () => Promise<void> };
  /** `every` in milliseconds. */
  readonly figures: (
    collector: Collector & { readonly every: number },
    families: () => Promise<readonly Family[]>,
  ) => { readonly close: () => Promise<void> };
};

const scope: InstrumentationScope = { name: "gwl" };
const kinds = { server: SpanKind.SERVER, client: SpanKind.CLIENT, internal: SpanKind.INTERNAL } as const;
const betweenFaults = 60_000;

export const otlp: Otlp = {
  spans: (collector) => {
    const resource = resourceFromAttributes(collector.attributes);
    const told = sparing(collector.fault);
    const exporter = new OTLPTraceExporter({ url: `${collector.url}/v1/traces` });
    const listened: SpanExporter = {
      export: (spans, done) => exporter.export(spans, (result) => done(heard(result, told))),
      shutdown: () => exporter.shutdown(),
    };
    const processor = new BatchSpanProcessor({ exporter: listened, scheduledDelayMillis: 1_000, maxQueueSize: 8_192 });
    return {
      send: (spans) => {
        for (const span of spans) processor.onEnd(readable(span, resource));
      },
      close: () => processor.shutdown(),
    };
  },
  figures: (collector, families) => {
    const resource = resourceFromAttributes(collector.attributes);
    const told = sparing(collector.fault);
    const exporter = new OTLPMetricExporter({ url: `${collector.url}/v1/metrics` });
    const begun = Date.now();
    const push = async (): Promise<void> => {
      const metrics = (await families()).map((family) => metricData(family, begun, Date.now()));
      await new Promise<void>((resolve) =>
        exporter.export({ resource, scopeMetrics: [{ scope, metrics }] }, (result) => {
          heard(result, told);
          resolve();
        }),
      );
    };
    const timer = setInterval(() => void push().catch(told), collector.every);
    timer.unref();
    return {
      close: async () => {
        clearInterval(timer);
        await push().catch(told);
        await exporter.shutdown();
      },
    };
  },
};

function heard(result: ExportResult, fault: (error: unknown) => void): ExportResult {
  if (result.code === ExportResultCode.FAILED) fault(result.error ?? new Error("the collector took nothing"));
  return result;
}

function sparing(fault: (error: unknown) => void): (error: unknown) => void {
  let last = -Infinity;
  return (error) => {
    if (performance.now() - last < betweenFaults) return;
    last = performance.now();
    fault(error);
  };
}

type Instant = [seconds: number, nanoseconds: number];

function instant(milliseconds: number): Instant {
  const seconds = Math.floor(milliseconds / 1_000);
  return [seconds, Math.round((milliseconds - seconds * 1_000) * 1_000_000)];
}

function readable(span: Span, resource: Resource): ReadableSpan {
  const { traceId, spanId, parentId, state } = span;
  const traceState = state === undefined ? {} : { traceState: new TraceState(state) };
  const context = { traceId, traceFlags: TraceFlags.SAMPLED, ...traceState };
  return {
    name: span.name,
    kind: kinds[span.kind],
    spanContext: () => ({ ...context, spanId }),
    ...(parentId === undefined ? {} : { parentSpanContext: { ...context, spanId: parentId, isRemote: span.kind === "server" } }),
    startTime: instant(span.begun),
    endTime: instant(span.begun + span.duration),
    duration: instant(span.duration),
    status: { code: span.isError ? SpanStatusCode.ERROR : SpanStatusCode.UNSET },
    attributes: Object.fromEntries(
      Object.entries(span.attributes).map(([name, value]) => [name, typeof value === "object" ? [...value] : value]),
    ),
    links: [],
    events: [],
    ended: true,
    resource,
    instrumentationScope: scope,
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  };
}

function metricData(family: Family, begun: number, now: number): MetricData {
  const unit = /_seconds(?:_total)?$/.test(family.name) ? "s" : /_bytes(?:_total)?$/.test(family.name) ? "By" : "1";
  const common = {
    descriptor: { name: family.name, description: family.help, unit, valueType: ValueType.DOUBLE },
    aggregationTemporality: AggregationTemporality.CUMULATIVE,
  };
  const point = { startTime: instant(begun), endTime: instant(now) };
  const points = family.values.map(({ value, labels }) => ({ ...point, attributes: { ...labels }, value }));
  switch (family.type) {
    case "counter":
      return { ...common, dataPointType: DataPointType.SUM, isMonotonic: true, dataPoints: points };
    case "gauge":
      return { ...common, dataPointType: DataPointType.GAUGE, dataPoints: points };
    case "histogram":
      return {
        ...common,
        dataPointType: DataPointType.HISTOGRAM,
        dataPoints: distributions(family).map(({ labels, bounds, counts, sum, count }) => ({
          ...point,
          attributes: { ...labels },
          value: { buckets: { boundaries: [...bounds], counts: [...counts] }, sum, count },
        })),
      };
  }
}

type Distribution = { readonly labels: Labels; readonly bounds: number[]; readonly counts: number[]; sum: number; count: number };

/** Buckets of Prometheus hold all that is below; those of OTLP only their own. */
function distributions({ name, values }: Family): readonly Distribution[] {
  const all = new Map<string, Distribution>();
  const of = ({ labels: { le: _le, ...labels } }: Sample): Distribution => {
    const key = JSON.stringify(labels);
    const known = all.get(key) ?? { labels, bounds: [], counts: [], sum: 0, count: 0 };
    all.set(key, known);
    return known;
  };
  for (const sample of values) {
    const one = of(sample);
    if (sample.metricName === `${name}_sum`) one.sum = sample.value;
    else if (sample.metricName === `${name}_count`) one.count = sample.value;
    else {
      one.counts.push(sample.value - one.counts.reduce((sum, count) => sum + count, 0));
      if (sample.labels["le"] !== "+Inf") one.bounds.push(Number(sample.labels["le"]));
    }
  }
  return [...all.values()];
}
