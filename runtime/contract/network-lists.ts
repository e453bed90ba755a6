/** Networks whose lists are read again while the gateway serves (D350). */

/**
 * A set of addresses. Bounds ascend strictly and take turns: the set begins at an even place and ends before the next, odd one; without an end it
 * goes to the last address. A bound of IPv6 is four words, the highest first. IPv4-mapped addresses are IPv4.
 */
export type AddressBounds = { readonly ipv4: Uint32Array; readonly ipv6: Uint32Array };

/** By name. A network that is not in it holds what it held when the gateway was built. */
export type ReloadedNetworks = ReadonlyMap<string, AddressBounds>;

/** Which entries of a list are meant, by what the list says of them. */
export type ListCondition =
  | { readonly kind: "all" | "any"; readonly parts: readonly ListCondition[] }
  | { readonly kind: "not"; readonly part: ListCondition }
  /** An entry of which the list does not say the attribute has none of the values. */
  | { readonly kind: "oneOf"; readonly attribute: string; readonly values: readonly string[] };

/** A list that is read again. */
export type NetworkList = {
  /** Of the network. */
  readonly name: string;
  /** Below the folder of lists, with `/`. */
  readonly path: string;
  /** Milliseconds. */
  readonly every: number;
  /** The percentage of its entries that it may lose from one reading to the next. */
  readonly shrink: number;
  readonly where?: ListCondition;
  /** That are meant, when the gateway was built. */
  readonly entries: number;
};
