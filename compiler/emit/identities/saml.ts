/** `saml`: who issues assertions, and for whom, is late; certificates are data. */
import { claimData } from "./claims.ts";
import type { IdentityEmission } from "./identity-emission.ts";

export const saml: IdentityEmission<"saml"> = {
  door: "samlIdentity",
  data: ({ name, headers, claims, certificates, leeway }) => ({
    kind: "saml",
    name,
    headers,
    claims: claimData(claims),
    certificates,
    leeway,
  }),
  late: ({ issuer, audience, recipient }) => [
    ["issuer", [issuer]],
    ["audience", audience],
    ["recipient", recipient === undefined ? [] : [recipient]],
  ],
};
