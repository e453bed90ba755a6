/**
 * Which networks classes of addresses tell apart. Promises: the decision table stays within its limit as far as networks make it
 * large. Beyond it those that the fewest rules ask are asked by themselves, in their own bounds: what they cost is the sum of
 * their blocks, never a product with routes, rules or other networks.
 */
import { ipv6Hex } from "../model/address-text.ts";
import type { AddressClasses, LoneNetwork, TableLimit } from "../model/ir.ts";
import { fewAddressClasses, type LabelledNetwork } from "./address-classes.ts";
import { PLACED, type TableDemand, tableSize } from "./table-size.ts";

/** Numbers in the decision table: some megabytes, and two seconds to make. */
export const MOST_CELLS = 4_000_000;

/**
 * `needed`: labels that must be classes, since more than rules ask for them. `reloaded`: that must be none, since what they hold changes
 * while classes stay. `most`: see `MOST_CELLS`.
 */
export type Fitting = {
  readonly demand: TableDemand;
  readonly needed: ReadonlySet<string>;
  readonly reloaded: ReadonlySet<string>;
  readonly most: number;
};
export type Fitted = { readonly classes: AddressClasses; readonly lone: ReadonlySet<string>; readonly limit: TableLimit | undefined };

export function fittingClasses(networks: readonly LabelledNetwork[], { demand, needed, reloaded, most }: Fitting): Fitted {
  const asked = rarestFirst(networks, demand).filter(({ label }) => !needed.has(label) && !reloaded.has(label));
  const never = new Set(networks.flatMap(({ label }) => (reloaded.has(label) ? [label] : [])));
  const lone = new Set(never);
  let wanted: number | undefined;
  for (;;) {
    const classes = fewAddressClasses(
      networks.filter(({ label }) => !lone.has(label)),
      asked.length + never.size === lone.size ? Number.POSITIVE_INFINITY : most / PLACED,
    );
    const size = classes === undefined ? most + 1 : tableSize(demand, classes, most);
    wanted ??= size;
    const yielded = lone.size - never.size;
    if (classes !== undefined && (size <= most || yielded === asked.length)) {
      if (lone.size === 0) return { classes, lone, limit: undefined };
      const limit = yielded === 0 ? undefined : { cells: wanted, most, lone: yielded, networks: networks.length };
      return { classes: { ...classes, lone: loneNetworks(networks, lone) }, lone, limit };
    }
    const fewer = Math.ceil((asked.length - yielded) / 2);
    for (const { label } of asked.slice(yielded, yielded + fewer)) lone.add(label);
  }
}

/** By the number of parts whose rules ask for them; as many: by label. */
function rarestFirst(networks: readonly LabelledNetwork[], { parts }: TableDemand): readonly LabelledNetwork[] {
  const uses = new Map<string, number>();
  for (const { rules } of parts)
    for (const label of new Set(rules.flatMap(({ labels }) => labels))) uses.set(label, (uses.get(label) ?? 0) + 1);
  return networks.toSorted((a, b) => (uses.get(a.label) ?? 0) - (uses.get(b.label) ?? 0) || (a.label < b.label ? -1 : 1));
}

function loneNetworks(networks: readonly LabelledNetwork[], lone: ReadonlySet<string>): readonly LoneNetwork[] {
  return networks
    .filter(({ label }) => lone.has(label))
    .map(({ label, addresses: { ipv4, ipv6 } }) => ({ label, ipv4, ipv6: ipv6.map(ipv6Hex) }));
}
