/** `basic`: nothing of it is late but the store, which is a secret. */
import { claimData } from "./claims.ts";
import type { IdentityEmission } from "./identity-emission.ts";

export const basic: IdentityEmission<"basic"> = {
  door: "basicIdentity",
  data: ({ name, headers, store, claims }, secrets) => ({
    kind: "basic",
    name,
    headers,
    store: secrets.indexOf(store),
    claims: claimData(claims),
  }),
  late: () => [],
};
