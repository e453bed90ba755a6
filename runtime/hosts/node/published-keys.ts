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
    issuerKeys: async (issuer, refresh) => {
      const address = await addresses(issuer, refresh);
      return address === undefined ? undefined : keySet(address, refresh);
    },
  };
}
