/** The settings that all identities with signed tokens have, once the start has brought what it brings. */
import type { TokenData } from "../contract/identity-data.ts";
import type { JwtSettings } from "../contract/jwt.ts";
import type { IdentityBrought } from "../kernel/running-identity.ts";

/** Texts of a setting that the start brings. */
export function lateTexts({ late }: IdentityBrought, setting: string): readonly string[] {
  return (late[setting] ?? []).map((value) => String(value ?? ""));
}

/** Whether a text that the start brought is of a form; one that it could not bring was reported already. */
export function isMissingOr(form: (text: string) => boolean, { late }: IdentityBrought, setting: string): boolean {
  const value = late[setting]?.[0];
  return value === undefined || (typeof value === "string" && form(value));
}

export function tokenSettings(
  { name, algorithms, leeway, claims, sort }: TokenData,
  brought: IdentityBrought,
): Omit<JwtSettings, "issuer" | "keys"> {
  const settings = {
    identity: name,
    audience: lateTexts(brought, "audience"),
    clients: lateTexts(brought, "clients"),
    algorithms,
    leeway,
    claims,
  };
  return sort === undefined ? settings : { ...settings, sort };
}
