/**
 * Hashes and MACs by Node's crypto. Promises: a key that is used again is prepared once, which costs more than the MAC; keys are looked up by
 * the array that holds them, whose bytes nobody changes.
 */
import { createHmac, createSecretKey, hash, type KeyObject } from "node:crypto";
import type { World } from "../../contract/world.ts";

const prepared = new WeakMap<Uint8Array, KeyObject>();

export const hashing: Pick<World, "digest" | "hmac"> = {
  digest: (algorithm, data) => hash(algorithm, data, "buffer"),
  hmac: (algorithm, key, data) => createHmac(algorithm, keyObject(key)).update(data).digest(),
};

function keyObject(key: Uint8Array): KeyObject {
  const known = prepared.get(key);
  if (known !== undefined) return known;
  const made = createSecretKey(key);
  prepared.set(key, made);
  return made;
}
