/** What a log may tell less exactly. Promises that who reads masked lines learns neither who called nor from where, yet may tell callers apart. */
import type { HostLog } from "../../contract/observe.ts";
import { pathOfRoute } from "../../contract/route-key.ts";
import { type Address, addressText, parseAddress } from "../../kernel/ip.ts";
import type { AccessEntry, LoggedPrincipal } from "../access-entry.ts";

export type Mask = (entry: AccessEntry) => AccessEntry;

/** `digest`: of a text, under a key that this process alone has. */
export function masks(masked: HostLog["mask"], digest: (text: string) => string): Mask {
  const [client, principal, path] = [masked.includes("client"), masked.includes("principal"), masked.includes("path")];
  const hidden = (one: LoggedPrincipal): LoggedPrincipal => ({
    identity: one.identity,
    id: digest(`${one.identity} ${one.id}`),
    ...(one.and === undefined ? {} : { and: one.and.map(hidden) }),
  });
  return (entry) => ({
    ...entry,
    ...(client ? { client: networkOf(entry.client) } : {}),
    ...(principal && entry.principal !== undefined ? { principal: hidden(entry.principal) } : {}),
    ...(path ? { path: entry.route === undefined ? "" : pathOfRoute(entry.route) } : {}),
  });
}

/** The first address of the /24 of IPv4, of the /48 of IPv6; nothing of what is no address. */
function networkOf(text: string): string {
  const address = parseAddress(text);
  return address === undefined ? "" : addressText(first(address));
}

function first(address: Address): Address {
  if (address.family === 4) return { family: 4, value: (address.value & 0xffffff00) >>> 0 };
  return { family: 6, w0: address.w0, w1: (address.w1 & 0xffff0000) >>> 0, w2: 0, w3: 0 };
}
