/** The settings of a `jwt` identity, bound when the gateway starts. */
import type { ClaimData } from "./claim-data.ts";
import type { Jwk } from "./world.ts";

export type JwtSettings = {
  readonly identity: string;
  readonly issuer: string;
  /** One of these must be in the token's `aud`. */
  readonly audience: readonly string[];
  readonly algorithms: readonly JwtAlgorithm[];
  readonly keys: JwtKeySource;
  /** Clock skew granted to `exp`, `nbf` and `iat`, in milliseconds. */
  readonly leeway: number;
  readonly claims: readonly ClaimData[];
};

export type JwtAlgorithm =
  | "RS256"
  | "RS384"
  | "RS512"
  | "PS256"
  | "PS384"
  | "PS512"
  | "ES256"
  | "ES384"
  | "ES512"
  | "EdDSA"
  | "HS256"
  | "HS384"
  | "HS512";

export type JwtKeySource =
  | { readonly kind: "static"; readonly keys: readonly Jwk[] }
  | { readonly kind: "url"; readonly url: string }
  /** At least 32 bytes of UTF-8; whoever starts the gateway checks that. */
  | { readonly kind: "secret"; readonly secret: string };
