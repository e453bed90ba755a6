/** `api_key`: nothing of it is late but the store, which is a secret. */
import { claimData } from "./claims.ts";
import type { IdentityEmission } from "./identity-emission.ts";

export const apiKey: IdentityEmission<"api_key"> = {
  door: "apiKeyIdentity",
  data: ({ name, headers, store, claims }, secrets) => ({
    kind: "api_key",
    name,
    headers,
    store: secrets.indexOf(store),
    claims: claimData(claims),
  }),
  late: () => [],
};
