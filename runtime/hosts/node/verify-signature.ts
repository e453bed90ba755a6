/** Signatures checked with Node's crypto (RFC 7518 section 3, RFC 8037). Promises: any fault is a no, never an exception. */
import { constants, createHmac, createPublicKey, type JsonWebKey, type KeyObject, timingSafeEqual, verify } from "node:crypto";
import type { Jwk, VerificationKey } from "../../contract/world.ts";
import { hasRocaFingerprint } from "./roca.ts";

const unusable = "unusable";

/** What Node tells of a key it works out anew each time. */
type ReadKey = { readonly object: KeyObject; readonly type: string | undefined; readonly curve: string | undefined };

/** Reading a key costs more than checking a signature; a set of keys lives long, so its objects are the cache's keys. */
const readKeys = new WeakMap<Jwk, ReadKey | typeof unusable>();

export function verifySignature(algorithm: string, key: VerificationKey, data: Uint8Array, signature: Uint8Array): boolean {
  try {
    const hash = `sha${algorithm.slice(2)}`;
    if (key.kind === "secret") return /^HS(256|384|512)$/.test(algorithm) && isMac(hash, key.secret, data, signature);
    const read = keyOf(key.jwk);
    return read !== unusable && fitsAlgorithm(read, algorithm) && isSigned(algorithm, hash, read.object, data, signature);
  } catch {
    return false;
  }
}

function isMac(hash: string, secret: string, data: Uint8Array, signature: Uint8Array): boolean {
  const expected = createHmac(hash, Buffer.from(secret, "utf8")).update(data).digest();
  return expected.length === signature.length && timingSafeEqual(expected, signature);
}

function isSigned(algorithm: string, hash: string, key: KeyObject, data: Uint8Array, signature: Uint8Array): boolean {
  switch (algorithm.slice(0, 2)) {
    case "RS":
      // A key without options is checked with in two thirds of the time; its padding is that of PKCS #1 by default.
      return verify(hash, data, key, signature);
    case "PS":
      return verify(hash, data, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }, signature);
    case "ES":
      return verify(hash, data, { key, dsaEncoding: "ieee-p1363" }, signature);
    default:
      return verify(null, data, key, signature);
  }
}

const kinds: Readonly<Record<string, readonly [type: string, curve?: string]>> = {
  RS256: ["rsa"],
  RS384: ["rsa"],
  RS512: ["rsa"],
  PS256: ["rsa"],
  PS384: ["rsa"],
  PS512: ["rsa"],
  ES256: ["ec", "prime256v1"],
  ES384: ["ec", "secp384r1"],
  ES512: ["ec", "secp521r1"],
  EdDSA: ["ed25519"],
};

function fitsAlgorithm({ type, curve }: ReadKey, algorithm: string): boolean {
  const kind = Object.hasOwn(kinds, algorithm) ? kinds[algorithm] : undefined;
  return kind !== undefined && type === kind[0] && curve === kind[1];
}

function keyOf(jwk: Jwk): ReadKey | typeof unusable {
  const known = readKeys.get(jwk);
  if (known !== undefined) return known;
  const read = readKey(jwk);
  readKeys.set(jwk, read);
  return read;
}

/** An even exponent or 1 signs everything; a modulus of a broken generator can be factored. */
function isWeakRsa(key: KeyObject, modulus: string): boolean {
  const exponent = key.asymmetricKeyDetails?.publicExponent ?? 0n;
  return exponent < 3n || exponent % 2n === 0n || hasRocaFingerprint(BigInt(`0x${Buffer.from(modulus, "base64url").toString("hex")}`));
}

/** Only the public members: whatever else stands in the key must not change what it is. */
function readKey(jwk: Jwk): ReadKey | typeof unusable {
  const members: JsonWebKey = {};
  for (const name of ["kty", "n", "e", "crv", "x", "y"] as const) {
    const value = jwk[name];
    if (typeof value === "string") members[name] = value;
  }
  try {
    const object = createPublicKey({ key: members, format: "jwk" });
    const type = object.asymmetricKeyType;
    if (type === "rsa" && isWeakRsa(object, members.n ?? "")) return unusable;
    return { object, type, curve: object.asymmetricKeyDetails?.namedCurve };
  } catch {
    return unusable;
  }
}
