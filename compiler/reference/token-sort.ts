/** ID tokens and access tokens (D131). Amazon Cognito tells by a claim, others by the header's `typ` (RFC 9068). */
import type { TokenIdentity } from "../model/program.ts";
import type { Json } from "./json.ts";
import { isText } from "./values.ts";

type Claims = { readonly [name: string]: Json };

/** Whether a token is of the identity's sort. */
export function isSort({ kind, sort }: TokenIdentity, typ: Json | undefined, claims: Claims, audience: readonly string[]): boolean {
  if (sort === "id" && !isOurParty(claims, audience)) return false;
  if (kind === "cognito") return claims["token_use"] === sort;
  const type = isText(typ) ? typ.toLowerCase() : typ;
  return sort === "access" ? type === "at+jwt" || type === "application/at+jwt" : type === undefined || type === "jwt";
}

/** OpenID Connect Core 1.0 section 3.1.3.7: `azp` says for which party an ID token was made, and several audiences need one. */
function isOurParty({ aud, azp }: Claims, audience: readonly string[]): boolean {
  if (azp !== undefined) return isText(azp) && audience.includes(azp);
  return !Array.isArray(aud) || aud.length < 2;
}
