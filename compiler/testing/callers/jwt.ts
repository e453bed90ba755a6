/**
 * Tokens for tests. They are not signed: the world that a test brings says yes to the one signature that stands here. So the
 * gateway's own path of verification runs as it is, and has no switch that a deployment could leave on.
 */
import type { Configuration, Jwk } from "../../../runtime/contract/world.ts";
import type { JwtAlgorithm, JwtKeys, Program, TokenIdentity } from "../../model/program.ts";
import type { Value } from "../../model/types.ts";
import { settingText } from "../setting-text.ts";

export const FORGED_SIGNATURE = "forged-by-gwl-test";
const LIFETIME = 3600;

/** Compact form; claims by their GWL names. `sub`, `exp` and the like may be given as claims as well. */
export function forgeToken(
  identity: TokenIdentity,
  claims: Readonly<Record<string, Value>>,
  program: Program,
  configuration: Configuration,
  now: number,
): string {
  const { algorithm, kid } = chooseKey(identity);
  const seconds = Math.floor(now / 1000);
  const [audience] = identity.audience;
  const [client] = identity.clients;
  const payload: Record<string, Value> = {
    iss: issuerText(identity, program, configuration),
    ...(audience === undefined ? {} : { aud: settingText(audience, program, configuration) }),
    ...(client === undefined ? {} : { client_id: settingText(client, program, configuration) }),
    ...(identity.kind === "cognito" ? { token_use: identity.sort } : {}),
    iat: seconds,
    exp: seconds + LIFETIME,
    sub: "test",
  };
  for (const [name, value] of Object.entries(claims)) {
    const claim = identity.claims.find((candidate) => candidate.name === name);
    payload[claim?.claim ?? name] = claim?.scopes !== undefined && Array.isArray(value) ? value.join(" ") : value;
  }
  const type = identity.sort === "access" && identity.kind !== "cognito" ? { typ: "at+jwt" } : {};
  const header = { alg: algorithm, ...type, ...(kid === undefined ? {} : { kid }) };
  return [JSON.stringify(header), JSON.stringify(payload), FORGED_SIGNATURE].map(base64url).join(".");
}

/** The `iss` of the identity's tokens. */
export function issuerText(identity: TokenIdentity, program: Program, configuration: Configuration): string {
  if (identity.kind !== "cognito") return settingText(identity.issuer, program, configuration);
  const pool = settingText(identity.pool, program, configuration);
  return `https://cognito-idp.${pool.split("_")[0]}.amazonaws.com/${pool}`;
}

/** Keys that a URL gives in tests: one that fits each algorithm that the identity takes. */
export function forgedKeys(identity: TokenIdentity): readonly Jwk[] {
  return [...new Map(identity.algorithms.map((algorithm) => [kidOf(algorithm), publicKey(algorithm)])).values()];
}

function chooseKey(identity: TokenIdentity): { readonly algorithm: JwtAlgorithm; readonly kid?: string } {
  const first = identity.algorithms[0] ?? "RS256";
  const keys: JwtKeys | undefined = identity.kind === "jwt" ? identity.keys : undefined;
  if (keys?.kind === "secret") return { algorithm: first };
  if (keys?.kind !== "static") return { algorithm: first, kid: kidOf(first) };
  for (const algorithm of identity.algorithms) {
    const key = keys.keys.find((candidate) => fits(candidate, algorithm));
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
