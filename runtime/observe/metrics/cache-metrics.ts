/** The figures of answers that are kept in the process. A gateway that keeps none has none of them. */
import type { HostEvent } from "../observer.ts";
import { counter, type Family, gauge } from "./families.ts";
import type { Measured } from "./measured.ts";

type CacheEvent = Extract<HostEvent, { kind: "cache" }>;

export type CacheMetrics = { readonly happened: (event: CacheEvent) => void; readonly families: () => readonly Family[] };

export function cacheMetrics({ always }: Measured): CacheMetrics {
  const bytes = gauge("gwl_cache_bytes", "Memory that answers take which are kept in the process.", () => always);
  const answers = gauge("gwl_cache_answers", "Answers that are kept in the process.", () => always);
  const evictions = counter("gwl_cache_evictions_total", "Answers that had to go for others.", () => always);
  const drops = counter("gwl_cache_drops_total", "Answers that went since something was changed.", () => always);
  return {
    happened: (event) => {
      bytes.set(0, event.bytes);
      answers.set(0, event.answers);
      evictions.add(0, event.evicted);
      drops.add(0, event.dropped);
    },
    families: () => [bytes, answers, evictions, drops].map((one) => one.family()).filter(({ values }) => values.length > 0),
  };
}
