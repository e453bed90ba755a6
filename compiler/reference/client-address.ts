/** Who called (D21, D45): a walk from the peer to the left of `x-forwarded-for`, for as long as the one who speaks is trusted. */
import { addressText, parseAddress, type Address } from "./address.ts";
import { trimBlanks } from "./fields.ts";

/** What a host says of the other end of the connection; the zone of a link-local address is no part of it. */
export function peerAddress(peer: string): Address | undefined {
  return parseAddress(peer.replace(/%.*$/, ""));
}

/** For outcomes of requests that were refused before the walk. */
export function peerText(peer: string): string {
  const address = peerAddress(peer);
  return address ? addressText(address) : peer;
}

/** Undefined: the walk came to an entry that is no address. Nobody trusted: the field is not even looked at. */
export function clientAddress(
  peer: Address,
  forwardedFor: string | undefined,
  isTrusted: (address: Address) => boolean,
): Address | undefined {
  const entries = forwardedFor?.split(",") ?? [];
  let current = peer;
  while (isTrusted(current)) {
    const entry = entries.pop();
    if (entry === undefined) return current;
    const next = parseAddress(trimBlanks(entry));
    if (next === undefined) return undefined;
    current = next;
  }
  return current;
}
