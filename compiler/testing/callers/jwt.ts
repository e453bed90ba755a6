/**
 * Tokens for tests. They are not signed: the world that a test brings says yes to the one signature that stands here. So the
 * gateway's own path of verification runs as it is, and has no switch that a deployment could leave on.
 */
import type { Configuration, Jwk } from "../../../runtime/contract/world.ts";
import type { JwtAlgorithm, JwtIdentity, Program } from "../../model/program.ts";
import type { Value } from "../../model/types.ts";
import { settingText } from "../setting-text.ts";

export const FORGED_SIGNATURE = "forged-by-gwl-test";
const LIFETIME = 3600;

/** Compact form; claims by their GWL names. `sub`, `exp` and the like may be given as claims as well. */
export function forgeToken(
  identity: JwtIdentity,
  claims: Readonly<Record<string, Value>>,
  program: Program,
  configuration: Configuration,
  now: number,
): string {
  const { algorithm, kid } = chooseKey(identity);
  const seconds = Math.floor(now / 1000);
  const audience = identity.audience[0];
  const payload: Record<string, Value> = {
    iss: settingText(identity.issuer, program, configuration),
    aud: audience === undefined ? "" : settingText(audience, program, configuration),
    iat: seconds,
    exp: seconds + LIFETIME,
    sub: "test",
  };
  for (const [name, value] of Object.entries(claims)) payload[identity.claims.find((claim) => claim.name === name)?.claim ?? name] = value;
  const header = { alg: algorithm, ...(kid === undefined ? {} : { kid }) };
  return [JSON.stringify(header), JSON.stringify(payload), FORGED_SIGNATURE].map(base64url).join(".");
}

/** Keys that a URL gives in tests: one that fits each algorithm that the identity takes. */
export function forgedKeys(identity: JwtIdentity): readonly Jwk[] {
  return [...new Map(identity.algorithms.map((algorithm) => [kidOf(algorithm), publicKey(algorithm)])).values()];
}

function chooseKey(identity: JwtIdentity): { readonly algorithm: JwtAlgorithm; readonly kid?: string } {
  const first = identity.algorithms[0] ?? "RS256";
  if (identity.keys.kind === "secret") return { algorithm: first };
  if (identity.keys.kind === "url") return { algorithm: first, kid: kidOf(first) };
  for (const algorithm of identity.algorithms) {
    const key = identity.keys.keys.find((candidate) => fits(candidate, algorithm));
    if (key !== undefined) return { algorithm, ...(typeof key["kid"] === "string" ? { kid: key["kid"] } : {}) };
  }
  return { algorithm: first };
}

const CURVES: Readonly<Partial<Record<JwtAlgorithm, string>>> = { ES256: "P-256", ES384: "P-384", ES512: "P-521", EdDSA: "Ed25519" };

function fits(key: Readonly<Record<string, Value>>, algorithm: JwtAlgorithm): boolean {
  const kty = algorithm.startsWith("ES") ? "EC" : algorithm === "EdDSA" ? "OKP" : "RSA";
  if (key["kty"] !== kty || (key["alg"] !== undefined && key["alg"] !== algorithm)) return false;
  return (key["use"] === undefined || key["use"] === "sig") && key["crv"] === CURVES[algorithm];
}

function publicKey(algorithm: JwtAlgorithm): Jwk {
  const kid = kidOf(algorithm);
  const curve = CURVES[algorithm];
  const bytes = (length: number): string => base64urlBytes(new Uint8Array(length).fill(255));
  if (curve === undefined) return { kty: "RSA", kid, n: bytes(256), e: "AQAB" };
  const length = { "P-256": 32, "P-384": 48, "P-521": 66, Ed25519: 32 }[curve] ?? 32;
  return algorithm === "EdDSA"
    ? { kty: "OKP", crv: curve, kid, x: bytes(length) }
    : { kty: "EC", crv: curve, kid, x: bytes(length), y: bytes(length) };
}

/** RS and PS algorithms of all sizes take the same key. */
function kidOf(algorithm: JwtAlgorithm): string {
  return `test-${CURVES[algorithm] ?? "rsa"}`;
}

function base64url(text: string): string {
  return base64urlBytes(new TextEncoder().encode(text));
}

function base64urlBytes(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}
