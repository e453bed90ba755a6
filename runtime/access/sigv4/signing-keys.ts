/**
 * Keys derived from a secret for one day, region and service: four HMACs, made once. Promises: bounded, and a secret's key
 * is never another's, since the cache goes by key id and each id has one secret.
 */
import type { Hashing } from "../../contract/sigv4.ts";
import { bytesOf } from "./bytes.ts";
import type { Scope } from "./scope.ts";

export type SigningKeys = (scope: Scope, keyId: string, secret: string, hashing: Hashing) => Uint8Array;

const most = 4096;

export function signingKeys(): SigningKeys {
  const made = new Map<string, Uint8Array>();
  return ({ day, region, service }, keyId, secret, hashing) => {
    const name = `${keyId}/${day}/${region}/${service}`;
    const known = made.get(name);
    if (known !== undefined) return known;
    const key = derive([day, region, service, "aws4_request"], secret, hashing);
    const [oldest] = made.keys();
    if (made.size >= most && oldest !== undefined) made.delete(oldest);
    made.set(name, key);
    return key;
  };
}

function derive(steps: readonly string[], secret: string, { hmac }: Hashing): Uint8Array {
  let key = new TextEncoder().encode(`AWS4${secret}`) as Uint8Array;
  for (const step of steps) key = hmac("sha256", key, bytesOf(step));
  return key;
}
