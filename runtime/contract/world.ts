/** All that a decision may ask of the outside. Tests bring a world of their own; production hosts bring the real one. */
export type World = {
  /** Milliseconds since 1970 UTC. */
  readonly now: () => number;
  /** A fresh request id: 32 lower-case hex digits, unguessable. */
  readonly requestId: () => string;
  /**
   * Whether `signature` over `data` is good for `algorithm` (a JWA name, RFC 7518) under `key`. A key that does not fit
   * the algorithm, or any fault, is false. Never throws.
   */
  readonly verify: (algorithm: string, key: VerificationKey, data: Uint8Array, signature: Uint8Array) => boolean;
  /** The current public keys at `url` (RFC 7517 section 5), or undefined when none could be had. `refresh`: a key id was not found. */
  readonly keySet: (url: string, refresh: boolean) => Promise<readonly Jwk[] | undefined>;
};

export type VerificationKey = { readonly kind: "jwk"; readonly jwk: Jwk } | { readonly kind: "secret"; readonly secret: string };
export type Jwk = Readonly<Record<string, unknown>>;

/** What a deployment binds when the gateway starts. Text as in the environment: the gateway reads it by the declared types. */
export type Configuration = {
  readonly stage: string | undefined;
  readonly variables: Readonly<Record<string, string | undefined>>;
};
