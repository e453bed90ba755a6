/** The settings of a `jwt` identity, bound when the gateway starts, and what checking a token gives. */
import type { Principal } from "./gateway.ts";
import type { ValueType } from "./value-type.ts";
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
  readonly claims: readonly JwtClaim[];
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

/** `claim` is the member of the token, `name` what rules call it. An optional type: may be absent. */
export type JwtClaim = { readonly name: string; readonly claim: string; readonly type: ValueType };

export type VerifiedJwt =
  | { readonly ok: true; readonly principal: Principal }
  /** `invalid`: 401. `keys-unavailable`: 503. `why` is for `explain` and tests: never shown to the client. */
  | { readonly ok: false; readonly cause: "invalid" | "keys-unavailable"; readonly why: string };
