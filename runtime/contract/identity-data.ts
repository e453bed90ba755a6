/** Identities as they stand in the tables, by kind. Secrets are indexes into the program's `secrets`; what depends on the start is in code. */
import type { AuthorizerSettings, LambdaEvent } from "./authorizer.ts";
import type { ClaimData } from "./claim-data.ts";
import type { JwtAlgorithm, TokenSort } from "./jwt.ts";
import type { Jwk } from "./world.ts";

export type IdentityData =
  | ApiKeyData
  | BasicData
  | CognitoData
  | HttpData
  | IntrospectData
  | JwtData
  | LambdaData
  | MtlsData
  | OidcData
  | SamlData
  | SigV4Data;

/** What all kinds have. `headers`: lower-case fields that carry the credential in place of `authorization`; each may come once only. */
type IdentityBase = { readonly name: string; readonly headers: readonly string[]; readonly claims: readonly ClaimData[] };

/** `store`: the secret with the users. */
export type BasicData = IdentityBase & { readonly kind: "basic"; readonly store: number };

/** `store`: the secret with the keys. */
export type ApiKeyData = IdentityBase & { readonly kind: "api_key"; readonly store: number };

/** What identities with signed tokens have. `leeway` in milliseconds. */
export type TokenData = IdentityBase & {
  readonly algorithms: readonly JwtAlgorithm[];
  readonly sort?: TokenSort;
  readonly leeway: number;
};

export type CognitoData = TokenData & { readonly kind: "cognito" };

/** `subject`: the member that is `principal.id`. Times in milliseconds; no `cache`: each request is asked about. */
export type IntrospectData = IdentityBase & {
  readonly kind: "introspect";
  readonly secret: number;
  readonly subject: string;
  readonly cache: number;
  readonly timeout: number;
  readonly leeway: number;
};

export type JwtData = TokenData & {
  readonly kind: "jwt";
  readonly keys:
    | { readonly kind: "static"; readonly keys: readonly Jwk[] }
    | { readonly kind: "url" }
    | { readonly kind: "secret"; readonly secret: number };
};

/** `certificates`: PEM, of the identity provider. `leeway` in milliseconds. */
export type SamlData = IdentityBase & { readonly kind: "saml"; readonly certificates: readonly string[]; readonly leeway: number };

/** `id`: the part of the certificate that says who calls. */
export type MtlsData = IdentityBase & { readonly kind: "mtls"; readonly entry: string; readonly id: string };

export type OidcData = TokenData & { readonly kind: "oidc" };

export type SigV4Data = IdentityBase & {
  readonly kind: "sigv4";
  readonly unsignedPayload: boolean;
  readonly callers: readonly CallerData[];
};
export type CallerData = {
  readonly id: string;
  readonly account: string;
  readonly arn: string;
  readonly name: string;
  readonly type: "user" | "role";
  /** Of a role: the session's name, and the ARN of the role. */
  readonly session?: string;
  readonly role?: string;
  readonly organization?: string;
  readonly organizationPath?: string;
  /** Milliseconds since 1970 UTC. */
  readonly mfaAt?: number;
  readonly issuedAt?: number;
  /** Numbers of documents. */
  readonly policies: { readonly identity: readonly number[]; readonly boundary?: number; readonly session?: readonly number[] };
  readonly groups: readonly string[];
  readonly tags: readonly (readonly [key: string, value: string])[];
  /** `expires` in milliseconds since 1970 UTC. */
  readonly keys: readonly { readonly id: string; readonly secret: number; readonly token?: number; readonly expires?: number }[];
};

/** Asks a service. */
export type HttpData = IdentityBase & { readonly kind: "http"; readonly settings: AuthorizerSettings };

/** Asks a Lambda function. `simple`: it answers yes or no, without a policy. */
export type LambdaData = IdentityBase & {
  readonly kind: "lambda";
  readonly settings: AuthorizerSettings;
  readonly event: LambdaEvent;
  readonly simple: boolean;
};
