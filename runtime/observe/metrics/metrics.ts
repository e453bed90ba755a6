/** All figures of one gateway in one process. Those of several processes add up family by family. */
import type { HostMeasured, HostMetrics } from "../../contract/observe.ts";
import type { Observer } from "../observer.ts";
import { callMetrics } from "./call-metrics.ts";
import { type Family, gauge } from "./families.ts";
import { hostMetrics } from "./host-metrics.ts";
import { measured } from "./measured.ts";

export type Metrics = Observer & { readonly families: () => readonly Family[] };

export function metrics(settings: HostMeasured, { buckets }: HostMetrics): Metrics {
  const by = measured(settings);
  const calls = callMetrics(by, buckets);
  const host = hostMetrics(by);
  const info = gauge("gwl_gateway_info", "Always 1; says which gateway this is.", () => by.always, "first");
  info.set(0, 1);
  return {
    begun: calls.begun,
    ended: calls.ended,
    happened: host.happened,
    wantsPhases: true,
    families: () => [info.family(), ...calls.families(), ...host.families()],
  };
}
