/** Figures of processes that have ended, kept as one: what only grows must not shrink when a process goes. */
import type { Family, Sample } from "./families.ts";

/** Series by series, without what only says how things stand. */
export function addedUp(kept: readonly Family[], more: readonly Family[]): readonly Family[] {
  const families = new Map(kept.map((family) => [family.name, family]));
  for (const family of more) {
    if (family.type === "gauge" || family.aggregator !== "sum") continue;
    const known = families.get(family.name);
    families.set(family.name, known === undefined ? family : { ...family, values: sums([...known.values, ...family.values]) });
  }
  return [...families.values()];
}

function sums(samples: readonly Sample[]): readonly Sample[] {
  const all = new Map<string, Sample>();
  for (const sample of samples) {
    const key = JSON.stringify([sample.metricName, Object.entries(sample.labels).sort(([left], [right]) => (left < right ? -1 : 1))]);
    const known = all.get(key);
    all.set(key, known === undefined ? sample : { ...sample, value: known.value + sample.value });
  }
  return [...all.values()];
}
