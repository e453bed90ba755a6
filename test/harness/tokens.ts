/** Tokens for tests, signed for real. Promises: what is said is what is signed, so that a test can also say what no issuer would. */
import { constants, createHmac, generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import type { Jwk } from "../../runtime/contract/world.ts";

export type SigningKey = { readonly jwk: Jwk; readonly privateKey: KeyObject };

export function ecKey(members: Jwk = {}, namedCurve: "P-256" | "P-384" | "P-521" = "P-256"): SigningKey {
  return published(generateKeyPairSync("ec", { namedCurve }), members);
}

export function rsaKey(members: Jwk = {}, modulusLength = 2048): SigningKey {
  return published(generateKeyPairSync("rsa", { modulusLength }), members);
}

export function edKey(members: Jwk = {}): SigningKey {
  return published(generateKeyPairSync("ed25519"), members);
}

function published({ publicKey, privateKey }: { publicKey: KeyObject; privateKey: KeyObject }, members: Jwk): SigningKey {
  return { jwk: { ...publicKey.export({ format: "jwk" }), ...members }, privateKey };
}

export type TokenParts = {
  readonly algorithm?: string;
  /** More members of the header. */
  readonly header?: object;
  /** An object, or JSON text as it is to be signed. */
  readonly claims: object | string;
  readonly key: SigningKey | string;
};

export function signToken({ algorithm = "ES256", header = {}, claims, key }: TokenParts): string {
  const payload = typeof claims === "string" ? claims : JSON.stringify(claims);
  const signed = `${encode(JSON.stringify({ alg: algorithm, ...header }))}.${encode(payload)}`;
  return `${signed}.${encode(signatureOf(algorithm, signed, key))}`;
}

export function encode(content: string | Uint8Array): string {
  return Buffer.from(content).toString("base64url");
}

function signatureOf(algorithm: string, text: string, key: SigningKey | string): Uint8Array {
  const hash = `sha${algorithm.slice(2)}`;
  const data = Buffer.from(text);
  if (typeof key === "string") return createHmac(hash, key).update(data).digest();
  const { privateKey } = key;
  if (algorithm === "EdDSA") return sign(null, data, privateKey);
  if (algorithm.startsWith("ES")) return sign(hash, data, { key: privateKey, dsaEncoding: "ieee-p1363" });
  if (algorithm.startsWith("RS")) return sign(hash, data, privateKey);
  const padding = constants.RSA_PKCS1_PSS_PADDING;
  return sign(hash, data, { key: privateKey, padding, saltLength: constants.RSA_PSS_SALTLEN_DIGEST });
}
