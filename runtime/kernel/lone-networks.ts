/**
 * Networks that are asked by themselves: no class tells them apart, because the decision table would have grown too large or what they hold changes. Each is
 * its bounds, ascending, which take turns: the network begins at an even place and ends before the next, odd one. Knows no rules.
 */
import type { AddressBounds } from "../contract/network-lists.ts";
import type { ListData } from "../contract/table-data.ts";
import type { World } from "../contract/world.ts";
import type { Address, Ipv6 } from "./ip.ts";
import type { Tables } from "./table-views.ts";

export type LoneNetwork = AddressBounds;

export function loneNetworks({ loneEnds, loneIpv4, loneIpv6 }: Tables): readonly LoneNetwork[] {
  const networks: LoneNetwork[] = [];
  for (let at = 0; at < loneEnds.length; at += 2) {
    const ipv4 = loneIpv4.subarray(loneEnds[at - 2] ?? 0, loneEnds[at]);
    networks.push({ ipv4, ipv6: loneIpv6.subarray(loneEnds[at - 1] ?? 0, loneEnds[at + 1]) });
  }
  return networks;
}

/** All of them as they are at one moment, for the whole of a request. */
export type LoneNow = (world: World) => readonly LoneNetwork[];

/** Gives the same array until the world has other ones. */
export function loneNow(built: readonly LoneNetwork[], lists: readonly ListData[] = []): LoneNow {
  if (lists.every(({ lone }) => lone === undefined)) return () => built;
  let seen: unknown;
  let last = built;
  return ({ networks }) => {
    const now = networks?.();
    if (now !== seen) {
      const changed = [...built];
      for (const { name, lone } of lists) {
        const read = lone === undefined ? undefined : now?.get(name);
        if (lone !== undefined && read !== undefined) changed[lone] = read;
      }
      last = changed;
      seen = now;
    }
    return last;
  };
}

export function isInLone({ ipv4, ipv6 }: LoneNetwork, address: Address): boolean {
  return (address.family === 4 ? boundsUpTo(ipv4, address.value) : ipv6BoundsUpTo(ipv6, address)) % 2 === 1;
}

/** How many bounds are at most `value`. */
function boundsUpTo(bounds: Uint32Array, value: number): number {
  let low = 0;
  let high = bounds.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((bounds[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function ipv6BoundsUpTo(bounds: Uint32Array, address: Ipv6): number {
  let low = 0;
  let high = bounds.length / 4;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isAtMost(bounds, middle * 4, address)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether the start of four words is at most the address. */
export function isAtMost(starts: Uint32Array, at: number, address: Ipv6): boolean {
  const w0 = starts[at] ?? 0;
  if (w0 !== address.w0) return w0 < address.w0;
  const w1 = starts[at + 1] ?? 0;
  if (w1 !== address.w1) return w1 < address.w1;
  const w2 = starts[at + 2] ?? 0;
  if (w2 !== address.w2) return w2 < address.w2;
  return (starts[at + 3] ?? 0) <= address.w3;
}
