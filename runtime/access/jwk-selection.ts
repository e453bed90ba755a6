/** Which key of a set checks a token (RFC 7517 section 4). Promises one key or none: two that fit are ambiguous. */
import type { Jwk } from "../contract/world.ts";
import { decodeBase64Url } from "../kernel/base64url.ts";

export type SelectedKey =
  | { readonly kind: "key"; readonly jwk: Jwk }
  /** No key has the token's `kid`. */
  | { readonly kind: "unknown-id"; readonly why: string }
  | { readonly kind: "none"; readonly why: string };

/** The key named by `keyId`, which must fit the algorithm; without a name, the only key that fits. */
export function selectKey(keys: readonly Jwk[], algorithm: string, keyId: string | undefined): SelectedKey {
  if (keyId === undefined) {
    const fitting = keys.filter((key) => fits(key, algorithm));
    return only(fitting) ?? { kind: "none", why: "the token names no key, and not exactly one key fits its algorithm" };
  }
  const named = keys.filter((key) => key["kid"] === keyId);
  if (named.length === 0) return { kind: "unknown-id", why: "no key has the token's key id" };
  const selected = only(named);
  if (selected === undefined) return { kind: "none", why: "several keys have the token's key id" };
  return fits(selected.jwk, algorithm) ? selected : { kind: "none", why: "the named key does not fit the algorithm" };
}

function only(keys: readonly Jwk[]): { readonly kind: "key"; readonly jwk: Jwk } | undefined {
  const [jwk] = keys;
  return jwk !== undefined && keys.length === 1 ? { kind: "key", jwk } : undefined;
}

const curves: Readonly<Record<string, string>> = { ES256: "P-256", ES384: "P-384", ES512: "P-521" };

/** Key type and curve by algorithm (RFC 7518 section 3.1, RFC 8037); `use`, `alg` and `key_ops` must not say otherwise. */
function fits(key: Jwk, algorithm: string): boolean {
  if (key["use"] !== undefined && key["use"] !== "sig") return false;
  if (key["alg"] !== undefined && key["alg"] !== algorithm) return false;
  const operations = key["key_ops"];
  if (operations !== undefined && !(Array.isArray(operations) && operations.includes("verify"))) return false;
  if (algorithm === "EdDSA") return key["kty"] === "OKP" && key["crv"] === "Ed25519";
  if (algorithm.startsWith("ES")) return key["kty"] === "EC" && key["crv"] === curves[algorithm];
  return (algorithm.startsWith("RS") || algorithm.startsWith("PS")) && key["kty"] === "RSA" && hasLongModulus(key);
}

/** Keys live long and are asked about with each new token: the answer is kept beside the value that it was read of. */
const moduli = new WeakMap<Jwk, { readonly modulus: string; readonly isLong: boolean }>();

function hasLongModulus(key: Jwk): boolean {
  const modulus = key["n"];
  if (typeof modulus !== "string") return false;
  const known = moduli.get(key);
  if (known?.modulus === modulus) return known.isLong;
  const isLong = isLongModulus(modulus);
  moduli.set(key, { modulus, isLong });
  return isLong;
}

/** At least 2048 bits (RFC 7518 section 3.3). */
function isLongModulus(modulus: string): boolean {
  const bytes = decodeBase64Url(modulus);
  if (bytes === undefined) return false;
  const first = bytes.findIndex((byte) => byte !== 0);
  return first >= 0 && (bytes.length - first) * 8 - Math.clz32(bytes[first] ?? 0) + 24 >= 2048;
}
