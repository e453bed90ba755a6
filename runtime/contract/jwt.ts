/** The settings of an identity whose credential is a signed token, bound when the gateway starts. */
import type { ClaimData } from "./claim-data.ts";
import type { Jwk } from "./world.ts";

export type JwtSettings = {
  readonly identity: string;
  readonly issuer: string;
  /** One of these must be in the token's `aud`. */
  readonly audience: readonly string[];
  /** Clients whose tokens are good that have no `aud`. */
  readonly clients: readonly string[];
  /** Absent: tokens of either sort. */
  readonly sort?: TokenSort;
  readonly algorithms: readonly JwtAlgorithm[];
  readonly keys: JwtKeySource;
  /** Clock skew granted to `exp`, `nbf` and `iat`, in milliseconds. */
  readonly leeway: number;
  readonly claims: readonly ClaimData[];
};

/**
 * Of the tokens that an issuer gives one client: those that say who signed in, and those that open services. `typ`: the token's header tells
 * (RFC 9068 section 2.1). `token_use`: a claim does, as in Amazon Cognito.
 */
export type TokenSort = { readonly is: "id" | "access"; readonly toldBy: "typ" | "token_use" };

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
  /** Where its discovery document says. */
  | { readonly kind: "issuer"; readonly issuer: string }
  /** At least 32 bytes of UTF-8; whoever starts the gateway checks that. */
  | { readonly kind: "secret"; readonly secret: string };
