/** `introspect`: whom to ask, as whom, and what the answer must say is late. */
import { claimData } from "./claims.ts";
import type { IdentityEmission } from "./identity-emission.ts";

export const introspect: IdentityEmission<"introspect"> = {
  door: "introspectIdentity",
  data: ({ name, headers, claims, secret, subject, cache, timeout, leeway }, secrets) => ({
    kind: "introspect",
    name,
    headers,
    claims: claimData(claims),
    secret: secrets.indexOf(secret),
    subject,
    cache,
    timeout,
    leeway,
  }),
  late: ({ url, client, issuer, audience }) => [
    ["url", [url]],
    ["client", [client]],
    ["issuer", issuer === undefined ? [] : [issuer]],
    ["audience", audience],
  ],
};
