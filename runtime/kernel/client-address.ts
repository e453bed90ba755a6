/** Who called: the walk from the peer over trusted proxies, right to left. Knows addresses only, not who is trusted. */
import { trimBlanks } from "./characters.ts";
import { type Address, parseAddress } from "./ip.ts";

/**
 * The address that called the outermost trusted proxy. `forwardedFor` is the one `x-forwarded-for` value, if any; entries
 * that the walk does not reach are not read. Undefined: an entry that it reaches is no plain address.
 */
export function clientAddress(
  peer: Address,
  forwardedFor: string | undefined,
  isTrusted: (address: Address) => boolean,
): Address | undefined {
  if (forwardedFor === undefined) return peer;
  let current = peer;
  let end = forwardedFor.length;
  while (end >= 0 && isTrusted(current)) {
    const comma = end === 0 ? -1 : forwardedFor.lastIndexOf(",", end - 1);
    const entry = parseAddress(trimBlanks(forwardedFor.slice(comma + 1, end)));
    if (entry === undefined) return undefined;
    current = entry;
    end = comma;
  }
  return current;
}
