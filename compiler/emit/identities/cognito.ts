/** `cognito`: the pool is late. */
import type { IdentityEmission } from "./identity-emission.ts";
import { lateTokenSettings, tokenData } from "./token.ts";

export const cognito: IdentityEmission<"cognito"> = {
  door: "cognitoIdentity",
  data: (identity) => ({ ...tokenData(identity, "token_use"), kind: "cognito" }),
  late: (identity) => [["pool", [identity.pool]], ...lateTokenSettings(identity)],
};
