/** `jwt`: issuer, audience and the keys' URL are late; algorithms, keys and claims are data. */
import type { JwtData } from "../../../runtime/contract/identity-data.ts";
import type { JwtKeys } from "../../model/program.ts";
import { claimData } from "./claims.ts";
import type { IdentityEmission } from "./identity-emission.ts";

export const jwt: IdentityEmission<"jwt"> = {
  door: "jwtIdentity",
  data: ({ name, headers, algorithms, keys, leeway, claims }, secrets) => ({
    kind: "jwt",
    name,
    headers,
    algorithms,
    keys: keyData(keys, secrets),
    leeway,
    claims: claimData(claims),
  }),
  late: ({ issuer, audience, keys }) => [
    ["issuer", [issuer]],
    ["audience", audience],
    ["keysUrl", keys.kind === "url" ? [keys.url] : []],
  ],
};

function keyData(keys: JwtKeys, secrets: readonly string[]): JwtData["keys"] {
  if (keys.kind === "static") return keys;
  return keys.kind === "url" ? { kind: "url" } : { kind: "secret", secret: secrets.indexOf(keys.secret) };
}
