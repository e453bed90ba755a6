/** Which key a token is signed with (D15, D48; RFC 7517, RFC 7518 section 6). Knows no signatures. */
import type { Jwk } from "../../runtime/contract/world.ts";
import type { JwtAlgorithm } from "../model/program.ts";
import { decodeBase64url } from "./base64url.ts";

/** With a `kid` the one key of that name, else the one key that fits; it must fit in any case. */
export function chooseKey(keys: readonly Jwk[], algorithm: JwtAlgorithm, kid: string | undefined): Jwk | undefined {
  const candidates = keys.filter((key) => (kid === undefined ? fits(key, algorithm) : key["kid"] === kid));
  const [key] = candidates;
  return candidates.length === 1 && key && fits(key, algorithm) ? key : undefined;
}

function fits(key: Jwk, algorithm: JwtAlgorithm): boolean {
  if (key["use"] !== undefined && key["use"] !== "sig") return false;
  if (key["alg"] !== undefined && key["alg"] !== algorithm) return false;
  const operations = key["key_ops"];
  if (operations !== undefined && !(Array.isArray(operations) && operations.includes("verify"))) return false;
  switch (algorithm) {
    case "RS256":
    case "RS384":
    case "RS512":
    case "PS256":
    case "PS384":
    case "PS512":
      return key["kty"] === "RSA" && modulusBits(key["n"]) >= 2048;
    case "ES256":
      return key["kty"] === "EC" && key["crv"] === "P-256";
    case "ES384":
      return key["kty"] === "EC" && key["crv"] === "P-384";
    case "ES512":
      return key["kty"] === "EC" && key["crv"] === "P-521";
    case "EdDSA":
      return key["kty"] === "OKP" && key["crv"] === "Ed25519";
    case "HS256":
    case "HS384":
    case "HS512":
      return false;
  }
}

function modulusBits(modulus: unknown): number {
  const bytes = typeof modulus === "string" ? decodeBase64url(modulus) : undefined;
  const digits = [...(bytes ?? [])].map((byte) => byte.toString(2).padStart(8, "0")).join("");
  return digits.replace(/^0+/, "").length;
}
