/** `jwt`: issuer and the keys' URL are late, keys are data. */
import type { JwtData } from "../../../runtime/contract/identity-data.ts";
import type { JwtKeys } from "../../model/program.ts";
import type { IdentityEmission } from "./identity-emission.ts";
import { lateTokenSettings, tokenData } from "./token.ts";

export const jwt: IdentityEmission<"jwt"> = {
  door: "jwtIdentity",
  data: (identity, secrets) => ({ ...tokenData(identity, "typ"), kind: "jwt", keys: keyData(identity.keys, secrets) }),
  late: (identity) => [
    ["issuer", [identity.issuer]],
    ...lateTokenSettings(identity),
    ["keysUrl", identity.keys.kind === "url" ? [identity.keys.url] : []],
  ],
};

function keyData(keys: JwtKeys, secrets: readonly string[]): JwtData["keys"] {
  if (keys.kind === "static") return keys;
  return keys.kind === "url" ? { kind: "url" } : { kind: "secret", secret: secrets.indexOf(keys.secret) };
}
