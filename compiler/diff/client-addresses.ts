/** Where a call may come from so that questions about networks are answered in each way that they can be together. */
import { lowestAddress } from "../analyze/diff/joint-classes.ts";
import { type AddressSet, difference, intersection, isEmptySet } from "../model/address-ranges.ts";

/** Parts of the address space beyond which no more are told apart. */
const MOST_PARTS = 64;

/** One address of `within` for each part into which `networks` cut it. */
export function clientAddresses(within: AddressSet, networks: readonly AddressSet[]): readonly string[] {
  const parts = networks.reduce<readonly AddressSet[]>(
    (found, network) =>
      found
        .flatMap((part) => [difference(part, network), intersection(part, network)])
        .filter((part) => !isEmptySet(part))
        .slice(0, MOST_PARTS),
    [within],
  );
  return parts.flatMap((part) => lowestAddress(part) ?? []);
}
