/** `http`: where the service is comes late; all else is data. */
import { claimData } from "./claims.ts";
import type { IdentityEmission } from "./identity-emission.ts";

export const http: IdentityEmission<"http"> = {
  door: "httpIdentity",
  data: ({ name, headers, settings, claims }) => ({ kind: "http", name, headers, settings, claims: claimData(claims) }),
  late: ({ url }) => [["url", [url]]],
};
