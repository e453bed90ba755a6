/** `mtls`: nothing of it is late; the truststore belongs to its entry. */
import { claimData } from "./claims.ts";
import type { IdentityEmission } from "./identity-emission.ts";

export const mtls: IdentityEmission<"mtls"> = {
  door: "mtlsIdentity",
  data: ({ name, headers, entry, part, claims }) => ({ kind: "mtls", name, headers, entry, id: part, claims: claimData(claims) }),
  late: () => [],
};
