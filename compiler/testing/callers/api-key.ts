/**
 * Keys for tests. A test's world gives every text for its own digest, so the key of a caller is made from what the test says of it, and
 * stands in the store that the test's configuration brings.
 */
import type { ApiKeyIdentity } from "../../model/program.ts";
import type { Value } from "../../model/types.ts";
import { fingerprint } from "./fingerprint.ts";

type Claims = Readonly<Record<string, Value>>;

/** 32 characters: as many bytes as the digests of real keys have. */
export function forgedKey(identity: ApiKeyIdentity, claims: Claims): string {
  return `gwl-test-${fingerprint(JSON.stringify([identity.name, claims]))}`;
}

/** An entry of the store, beside those of the test's other callers. */
export function keyEntry(identity: ApiKeyIdentity, claims: Claims): Readonly<Record<string, unknown>> {
  const { [identity.subject]: id = "test", ...fields } = claims;
  const sha256 = Array.from(new TextEncoder().encode(forgedKey(identity, claims)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const named = Object.entries(fields).map(([name, value]) => [identity.claims.find((claim) => claim.name === name)?.claim ?? name, value]);
  return { id, sha256, fields: Object.fromEntries(named) };
}
