/** What a token says: for us, from them, now, and with claims of the declared types (RFC 7519 section 4). */
import type { JwtSettings } from "../contract/jwt.ts";
import type { Verification } from "../contract/verification.ts";
import { codePoints } from "../kernel/scalar-text.ts";
import { type Members, readClaims } from "./claims.ts";

/** Code points. */
const longestSubject = 256;

/** `now` in milliseconds. */
export function readPrincipal(settings: JwtSettings, payload: Members, now: number): Verification {
  if (payload["iss"] !== settings.issuer) return refused("another issuer");
  if (!isForUs(payload["aud"], settings.audience)) return refused("another audience");
  const fault = timeFault(payload, now, settings.leeway);
  if (fault !== undefined) return refused(fault);
  const { sub } = payload;
  if (typeof sub !== "string" || sub === "" || codePoints(sub) > longestSubject) return refused("no `sub` of 1 to 256 characters");
  const claims = readClaims(settings.claims, payload);
  if (typeof claims === "string") return refused(claims);
  return { ok: true, principal: { identity: settings.identity, id: sub, claims } };
}

function refused(why: string): Verification {
  return { ok: false, cause: "invalid", why };
}

/** A string, or an array of nothing but strings. */
function isForUs(aud: unknown, accepted: readonly string[]): boolean {
  const named: readonly unknown[] = Array.isArray(aud) ? aud : [aud];
  return named.every((name) => typeof name === "string") && named.some((name) => accepted.includes(name));
}

/** Times in tokens are seconds, ours milliseconds. */
function timeFault(payload: Members, now: number, leeway: number): string | undefined {
  const { exp, nbf, iat } = payload;
  if (!isNumber(exp)) return "no `exp`";
  if (now >= exp * 1000 + leeway) return "expired";
  if (nbf !== undefined && !(isNumber(nbf) && nbf * 1000 <= now + leeway)) return "not valid yet";
  if (iat !== undefined && !(isNumber(iat) && iat * 1000 <= now + leeway)) return "issued in the future";
  return undefined;
}

function isNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}
