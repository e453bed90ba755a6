/** The figures of answers that are kept in the process, by the routes that had them kept. A gateway that keeps none has none of them. */
import type { HostEvent } from "../observer.ts";
import { counter, type Family, gauge } from "./families.ts";
import type { Measured } from "./measured.ts";

type CacheEvent = Extract<HostEvent, { kind: "cache" }>;

export type CacheMetrics = { readonly happened: (event: CacheEvent) => void; readonly families: () => readonly Family[] };

export function cacheMetrics({ routes, ofRoute }: Measured): CacheMetrics {
  const bytes = gauge("gwl_cache_bytes", "Memory that answers take which are kept in the process.", ofRoute);
  const answers = gauge("gwl_cache_answers", "Answers that are kept in the process.", ofRoute);
  const evictions = counter("gwl_cache_evictions_total", "Answers that had to go for others.", ofRoute);
  const drops = counter("gwl_cache_drops_total", "Answers that went since something was changed.", ofRoute);
  return {
    happened: (event) => {
      const route = routes.numberOf(event.route);
      bytes.set(route, event.bytes);
      answers.set(route, event.answers);
      if (event.evicted > 0) evictions.add(route, event.evicted);
      if (event.dropped > 0) drops.add(route, event.dropped);
    },
    families: () => [bytes, answers, evictions, drops].map((one) => one.family()).filter(({ values }) => values.length > 0),
  };
}
