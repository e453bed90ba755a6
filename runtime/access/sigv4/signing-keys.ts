/**
 * Keys derived from a secret for one day, region and service: four HMACs, made once. Promises: bounded, and a secret's key
 * is never another's, since the cache goes by key id and each id has one secret.
 */
import type { AccessKey, Hashing } from "../../contract/sigv4.ts";
import type { Scope } from "./scope.ts";

/** Without a key: one that nobody has. */
export type SigningKeys = (scope: Scope, key: AccessKey | undefined, hashing: Hashing) => Uint8Array;

const most = 4096;

export function signingKeys(): SigningKeys {
  const made = new Map<string, Uint8Array>();
  return ({ day, region, service, credential, text }, key, hashing) => {
    const name = key === undefined ? text : credential;
    const known = made.get(name);
    if (known !== undefined) return known;
    const secret = key?.secret ?? "";
    const derived = derive([day, region, service, "aws4_request"], secret, hashing);
    const [oldest] = made.keys();
    if (made.size >= most && oldest !== undefined) made.delete(oldest);
    made.set(name, derived);
    return derived;
  };
}

/** The chain of HMACs of a signing key (day, region, service, terminator). */
export function derive(steps: readonly string[], secret: string, { hmac }: Hashing): Uint8Array {
  let key = new TextEncoder().encode(`AWS4${secret}`) as Uint8Array;
  for (const step of steps) key = hmac("sha256", key, step);
  return key;
}
