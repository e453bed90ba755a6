/** The figures of lists of networks that are read again. A gateway without any has none of them. */
import type { HostEvent } from "../observer.ts";
import { counter, type Family, gauge, type Labels } from "./families.ts";
import type { Measured } from "./measured.ts";
import { openNumbering } from "./numbering.ts";

type ListEvent = Extract<HostEvent, { kind: "list" }>;

export type ListMetrics = { readonly happened: (event: ListEvent) => void; readonly families: () => readonly Family[] };

export function listMetrics({ always }: Measured): ListMetrics {
  const networks = openNumbering();
  const ofNetwork = (key: number): Labels => ({ ...always, network: networks.nameOf(key) });
  const entries = gauge("gwl_list_entries", "Entries of a list of networks that is in use.", ofNetwork, "min");
  const read = gauge(
    "gwl_list_read_timestamp_seconds",
    "When a list of networks was last read well, since 1970; 0: never since the start. Of several processes the one that lags most.",
    ofNetwork,
    "min",
  );
  const failures = counter("gwl_list_failures_total", "Readings of a list of networks that were refused or not possible.", ofNetwork);
  return {
    happened: (event) => {
      const network = networks.numberOf(event.network);
      entries.set(network, event.entries);
      read.set(network, (event.readAt ?? 0) / 1000);
      failures.add(network, event.hasFailed ? 1 : 0);
    },
    families: () => [entries, read, failures].map((one) => one.family()).filter(({ values }) => values.length > 0),
  };
}
