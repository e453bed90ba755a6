/** `oidc`: the issuer is late. */
import type { IdentityEmission } from "./identity-emission.ts";
import { lateTokenSettings, tokenData } from "./token.ts";

export const oidc: IdentityEmission<"oidc"> = {
  door: "oidcIdentity",
  data: (identity) => ({ ...tokenData(identity, "typ"), kind: "oidc" }),
  late: (identity) => [["issuer", [identity.issuer]], ...lateTokenSettings(identity)],
};
