/**
 * Names and passwords for tests. A test's world takes a password to be the one that its stored text ends with in base64, so the password of a caller is
 * made from what the test says of it, and stands in the store that the test's configuration brings.
 */
import type { BasicIdentity } from "../../model/program.ts";
import type { Value } from "../../model/types.ts";
import { fingerprint } from "./fingerprint.ts";

type Claims = Readonly<Record<string, Value>>;

export function forgedCredentials(identity: BasicIdentity, claims: Claims): string {
  return base64(`${nameOf(identity, claims)}:${forgedPassword(identity, claims)}`);
}

/** An entry of the store, beside those of the test's other callers. */
export function userEntry(identity: BasicIdentity, claims: Claims): Readonly<Record<string, unknown>> {
  const { [identity.subject]: _, ...fields } = claims;
  const named = Object.entries(fields).map(([name, value]) => [identity.claims.find((claim) => claim.name === name)?.claim ?? name, value]);
  const password = `$scrypt$ln=14,r=8,p=1$Z3dsLXRlc3Qtc2FsdA$${forgedHash(forgedPassword(identity, claims))}`;
  return { name: nameOf(identity, claims), password, fields: Object.fromEntries(named) };
}

/** What stands for the hash of a password in tests. */
export function forgedHash(password: string): string {
  return base64(password).replaceAll("=", "");
}

function nameOf({ subject }: BasicIdentity, { [subject]: name = "test" }: Claims): string {
  return String(name);
}

/** 32 characters, as many bytes as a hash has. */
function forgedPassword({ name }: BasicIdentity, claims: Claims): string {
  return `gwl-test-${fingerprint(JSON.stringify([name, claims]))}`;
}

function base64(text: string): string {
  return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(""));
}
