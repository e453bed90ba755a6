/** What a token says: for us, from them, now, and with claims of the declared types (RFC 7519 section 4). */
import type { Principal } from "../contract/gateway.ts";
import type { JwtSettings } from "../contract/jwt.ts";
import { codePoints } from "../kernel/scalar-text.ts";
import { type Members, readClaims } from "./claims.ts";
import type { CompactToken } from "./compact-token.ts";
import { partyFault, sortFault } from "./token-sort.ts";

/** What does not change while the token lives. */
export type Bearer = { readonly principal: Principal; readonly times: Times };
/** Seconds. */
export type Times = { readonly exp: number | undefined; readonly nbf: number | undefined; readonly iat: number | undefined };

/** Code points. */
const longestSubject = 256;

/** Whom the token's claims show, or why they show nobody to us. The times are read, not asked. */
export function readBearer(settings: JwtSettings, { type }: CompactToken, claims: Members): Bearer | string {
  if (claims["iss"] !== settings.issuer) return "another issuer";
  if (!isReceiver(claims, settings)) return "another audience";
  const fault =
    settings.sort &&
    (sortFault(settings.sort, type, claims) ?? (settings.sort.is === "id" ? partyFault(claims, settings.audience) : undefined));
  if (fault !== undefined) return fault;
  const times = readTimes(claims);
  if (typeof times === "string") return times;
  if (times.exp === undefined) return "no `exp`";
  const { sub } = claims;
  if (typeof sub !== "string" || sub === "" || codePoints(sub) > longestSubject) return "no `sub` of 1 to 256 characters";
  const read = readClaims(settings.claims, claims);
  return typeof read === "string" ? read : { principal: { identity: settings.identity, id: sub, claims: read }, times };
}

/** Only a token without `aud` is known by its client, as Amazon API Gateway has it. */
function isReceiver({ aud, client_id }: Members, { audience, clients }: JwtSettings): boolean {
  if (aud === undefined) return typeof client_id === "string" && clients.includes(client_id);
  return isForUs(aud, audience);
}

/** `aud` is a string, or an array of nothing but strings. */
export function isForUs(aud: unknown, audience: readonly string[]): boolean {
  const named: readonly unknown[] = Array.isArray(aud) ? aud : [aud];
  return named.every((name) => typeof name === "string") && named.some((name) => audience.includes(name));
}

/** Each may be missing. */
export function readTimes({ exp, nbf, iat }: Members): Times | string {
  if (exp !== undefined && !isNumber(exp)) return "`exp` is no number";
  if (nbf !== undefined && !isNumber(nbf)) return "`nbf` is no number";
  return iat === undefined || isNumber(iat) ? { exp, nbf, iat } : "`iat` is no number";
}

function isNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

/** Times in tokens are seconds, ours milliseconds. */
export function timeFault({ exp, nbf, iat }: Times, now: number, leeway: number): string | undefined {
  if (exp !== undefined && now >= exp * 1000 + leeway) return "expired";
  if (nbf !== undefined && nbf * 1000 > now + leeway) return "not valid yet";
  return iat !== undefined && iat * 1000 > now + leeway ? "issued in the future" : undefined;
}
