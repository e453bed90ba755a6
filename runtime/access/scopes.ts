/** What a token is good for: `scope`, a text with spaces between (RFC 8693 section 4.2), or `scp`, a text or a list, where issuers call it so. */
type Claims = Readonly<Record<string, unknown>>;

/** Those of `known` that were granted, in their order; undefined where what came are no scopes. */
export function scopesOf(claims: Claims, known: readonly string[]): readonly string[] | undefined {
  const came = claims["scope"] === undefined ? claims["scp"] : claims["scope"];
  if (came === undefined) return [];
  const granted: readonly unknown[] | undefined = typeof came === "string" ? came.split(" ") : Array.isArray(came) ? came : undefined;
  if (granted?.every((scope) => typeof scope === "string") !== true) return undefined;
  return known.filter((scope) => granted.includes(scope));
}
