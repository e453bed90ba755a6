/** The keys of issuers, by the address of their set or by the issuer's own, each kept as `last-good.ts` says. */
import type { Jwk, World } from "../../contract/world.ts";
import { discoverKeys } from "./discover-keys.ts";
import { fetchKeys } from "./fetch-keys.ts";
import { lastGood } from "./last-good.ts";

/** `ask` and `now` are the host's; `now` in milliseconds, never going back. */
export function publishedKeys(ask: World["ask"], now: () => number): Pick<World, "keySet" | "issuerKeys"> {
  const keySet = lastGood<readonly Jwk[]>((url) => fetchKeys(url, ask), now);
  const addresses = lastGood<string>((issuer) => discoverKeys(issuer, ask), now);
  return {
    keySet,
    issuerKeys: (issuer, refresh) => {
      const keysAt = (address: string | undefined): ReturnType<World["keySet"]> =>
        address === undefined ? undefined : keySet(address, refresh);
      const address = addresses(issuer, refresh);
      return address instanceof Promise ? address.then(keysAt) : keysAt(address);
    },
  };
}
