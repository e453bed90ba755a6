/**
 * The networks that a program uses, each once, with a label that is unique: its name, or the blocks of one that has none.
 * Knows address sets, not classes.
 */
import { type AddressSet, addressSetOfCidrs } from "../model/address-ranges.ts";
import type { Network } from "../model/program.ts";

export type NetworkTable = {
  /** The label under which the declared network is in use from now on. */
  readonly useNamed: (name: string) => string;
  /** The same for a network that is only its blocks, canonical CIDR texts. */
  readonly useBlocks: (cidrs: readonly string[]) => string;
  /** Sorted by label. */
  readonly inUse: () => readonly { readonly label: string; readonly addresses: AddressSet }[];
};

export function networkTable(declared: readonly Network[]): NetworkTable {
  const byName = new Map(declared.map((network) => [network.name, network.cidrs]));
  const used = new Map<string, readonly string[]>();
  const labels = new Map<string, string>();

  const useBlocks = (cidrs: readonly string[]): string => {
    const text = cidrs.join(", ");
    const known = labels.get(text);
    if (known !== undefined) return known;
    const label = freeLabel(cidrs, used);
    labels.set(text, label);
    used.set(label, cidrs);
    return label;
  };

  return {
    useNamed: (name) => {
      used.set(name, byName.get(name) ?? []);
      return name;
    },
    useBlocks,
    inUse: () => [...used].sort(([a], [b]) => (a < b ? -1 : 1)).map(([label, cidrs]) => ({ label, addresses: addressSetOfCidrs(cidrs) })),
  };
}

const SHOWN = 3;

function freeLabel(cidrs: readonly string[], taken: ReadonlyMap<string, unknown>): string {
  const shown = cidrs.slice(0, SHOWN).join(", ");
  const label = cidrs.length === 0 ? "no network" : cidrs.length <= SHOWN ? shown : `${shown} and ${cidrs.length - SHOWN} more`;
  let free = label;
  for (let count = 2; taken.has(free); count++) free = `${label} (${count})`;
  return free;
}
