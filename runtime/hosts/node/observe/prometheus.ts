/**
 * Figures written as Prometheus reads them (text format 0.0.4), by the field's own library, which also adds those of several processes up and measures
 * the process. What it costs on every call is kept away from calls: they are counted in `runtime/observe/metrics`.
 */
import { AggregatorRegistry, collectDefaultMetrics, Registry } from "prom-client";
import type { Family } from "../../../observe/metrics/families.ts";

export type Prometheus = {
  /** Starts to measure this process; gives its figures so far. */
  readonly measureProcess: () => () => Promise<readonly Family[]>;
  /** `all`: the families of each process. */
  readonly exposition: (all: readonly (readonly Family[])[]) => Promise<{ readonly contentType: string; readonly text: string }>;
};

/** Gauges that are named as counters: `promtool check metrics` refuses them, and none says what another does not. */
const misnamed = ["nodejs_active_handles_total", "nodejs_active_requests_total", "nodejs_active_resources_total"];
/** A sum over processes means something, or nothing does. */
const ofOneProcess = /^nodejs_(?:eventloop_lag|version)|^process_start_time/;

export const prometheus: Prometheus = {
  measureProcess: () => {
    const registry = new Registry();
    collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 20 });
    for (const name of misnamed) registry.removeSingleMetric(name);
    return async () => {
      const told = (await registry.getMetricsAsJSON()) as unknown as readonly Family[];
      return told.map((family) => ({ ...family, aggregator: ofOneProcess.test(family.name) ? "first" : "sum" }));
    };
  },
  exposition: async (all) => {
    const registry = AggregatorRegistry.aggregate(all.map((families) => [...families]));
    return { contentType: registry.contentType, text: await registry.metrics() };
  },
};
