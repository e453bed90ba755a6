/** What a token says: for us, from them, now, and with claims of the declared types (RFC 7519 section 4). */
import type { JwtSettings } from "../contract/jwt.ts";
import type { Verification } from "../contract/verification.ts";
import { fits } from "../kernel/fits.ts";
import { codePoints } from "../kernel/scalar-text.ts";

type Claims = Readonly<Record<string, unknown>>;

/** Code points. */
const longestSubject = 256;

/** `now` in milliseconds. */
export function readPrincipal(settings: JwtSettings, payload: Claims, now: number): Verification {
  if (payload["iss"] !== settings.issuer) return refused("another issuer");
  if (!isForUs(payload["aud"], settings.audience)) return refused("another audience");
  const fault = timeFault(payload, now, settings.leeway);
  if (fault !== undefined) return refused(fault);
  const { sub } = payload;
  if (typeof sub !== "string" || sub === "" || codePoints(sub) > longestSubject) return refused("no `sub` of 1 to 256 characters");
  const claims: [string, unknown][] = [];
  for (const { name, claim, type } of settings.claims) {
    if (Object.hasOwn(payload, claim)) {
      const value = payload[claim];
      if (!fits(type, value)) return refused(`the claim \`${claim}\` does not fit its type`);
      claims.push([name, value]);
    } else if (type.kind !== "optional") {
      return refused(`the claim \`${claim}\` is missing`);
    }
  }
  return { ok: true, principal: { identity: settings.identity, id: sub, claims: Object.fromEntries(claims) } };
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
function timeFault(payload: Claims, now: number, leeway: number): string | undefined {
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
