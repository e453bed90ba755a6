/** By which of the gateway's doors a request came (D170). Knows names and ids, not what passes. */
import type { HostEntry } from "../contract/gateway.ts";
import type { EntryArrival } from "../contract/request.ts";
import type { CallEntry } from "./call.ts";

/** `index` into `data.entries`. */
export type FoundEntry = { readonly index: number; readonly entry: CallEntry };
/** `peer`: canonical text. Undefined: no entry is meant. */
export type FindEntry = (arrival: EntryArrival, peer: string) => FoundEntry | undefined;

export function entryFinder(entries: readonly HostEntry[]): FindEntry {
  const listeners = new Map<string, FoundEntry>();
  const endpoints = new Map<string, { readonly index: number; readonly entry: Omit<CallEntry, "vpcIp"> }>();
  for (const [index, entry] of entries.entries()) {
    const { name } = entry;
    if (entry.kind === "listener") listeners.set(name, { index, entry: { name } });
    else
      endpoints.set(endpointKey(entry.via, entry.vpce), {
        index,
        entry: { name, vpce: entry.vpce, ...(entry.vpc === undefined ? {} : { vpc: entry.vpc }) },
      });
  }
  return ({ listener, vpce }, peer) => {
    if (vpce === undefined) return listener === undefined ? undefined : listeners.get(listener);
    const found = endpoints.get(endpointKey(listener, vpce));
    return found && { index: found.index, entry: { ...found.entry, vpcIp: peer } };
  };
}

/** Names of listeners have no blank. */
function endpointKey(listener: string | undefined, vpce: string): string {
  return `${listener ?? ""} ${vpce}`;
}
