/** ID tokens and access tokens told apart: a token that was made to say who signed in at a client must not open a service, nor the other way round. */
import type { TokenSort } from "../contract/jwt.ts";

type Claims = Readonly<Record<string, unknown>>;

/** `type` is the header's `typ`. Why the token is not of the sort; undefined where it is. */
export function sortFault({ is, toldBy }: TokenSort, type: unknown, claims: Claims): string | undefined {
  if (toldBy === "token_use") return claims["token_use"] === is ? undefined : `\`token_use\` is not \`${is}\``;
  const told = typeof type === "string" ? type.toLowerCase() : type;
  const isAccess = told === "at+jwt" || told === "application/at+jwt";
  if (is === "access") return isAccess ? undefined : "`typ` is not `at+jwt`";
  return told === undefined || told === "jwt" ? undefined : "`typ` is not that of an ID token";
}

/** An ID token says for which of several audiences it was made (OpenID Connect Core 1.0 section 3.1.3.7, 4 and 5). */
export function partyFault({ aud, azp }: Claims, accepted: readonly string[]): string | undefined {
  if (azp === undefined) return Array.isArray(aud) && aud.length > 1 ? "several audiences and no `azp`" : undefined;
  return typeof azp === "string" && accepted.includes(azp) ? undefined : "made for another party";
}
