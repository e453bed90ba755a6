import type { AwsCredentials } from "./authorizer.ts";
import type { ReloadedNetworks } from "./network-lists.ts";
import type { Decoded, RequestCoding } from "./decode.ts";
import type { SharedCounts } from "./shared-counts.ts";

/** All that a decision may ask of the outside. Tests bring a world of their own; production hosts bring the real one. */
export type World = {
  /** Milliseconds since 1970 UTC. */
  readonly now: () => number;
  /** A fresh request id: 32 lower-case hex digits, unguessable. */
  readonly requestId: () => string;
  /**
   * Whether `signature` over `data` is good for `algorithm` (a JWA name, RFC 7518) under `key`. A key that does not fit
   * the algorithm, or any fault, is false. Never throws. A fact, which may be remembered: equal arguments, equal answers.
   */
  readonly verify: (algorithm: string, key: VerificationKey, data: Uint8Array, signature: Uint8Array) => boolean;
  /** The current public keys at `url` (RFC 7517 section 5), or undefined when none could be had. `refresh`: a key id was not found. The same list until they change, at once where it is known. */
  readonly keySet: (url: string, refresh: boolean) => KeyAnswer | Promise<KeyAnswer>;
  /** The same for the keys that `issuer` says are its own (OpenID Connect Discovery 1.0 section 4). The same list until they change. */
  readonly issuerKeys: (issuer: string, refresh: boolean) => KeyAnswer | Promise<KeyAnswer>;
  /**
   * The canonical form (Exclusive XML Canonicalization 1.0, without comments) of the root of `xml`, which one of the `certificates` (PEM) signed
   * whole; undefined for every other document, and where the host was built without. Never throws. A fact, as `verify` gives.
   */
  readonly signedXml: (xml: string, certificates: readonly string[]) => string | undefined;
  /** The hash of `data` (FIPS 180-4); text counts as UTF-8. */
  readonly digest: (algorithm: DigestAlgorithm, data: Uint8Array | string) => Uint8Array;
  /** RFC 2104. The bytes of `key` are never changed after. */
  readonly hmac: (algorithm: DigestAlgorithm, key: Uint8Array, data: Uint8Array | string) => Uint8Array;
  /**
   * Whether `password` is the one that `stored` was made of: `$scrypt$ln=N,r=N,p=N$SALT$HASH` (RFC 7914, in the PHC string format). Takes as
   * long for a wrong one. Never rejects: a fault is false.
   */
  readonly verifyPassword: (stored: string, password: Uint8Array) => Promise<boolean>;
  /** One call to a service that a decision needs. Never rejects, follows no redirect, retries nothing. */
  readonly ask: (question: Question) => Promise<Reply>;
  /** At least 0 and below 1; evenly, and nobody knows the next one. */
  readonly chance: () => number;
  /** Whether the release of this name has been ended because too many of its calls failed. */
  readonly hasStopped: (release: string) => boolean;
  /**
   * What networks hold now whose lists are read again; the same object until one of them changes. It is asked once a request, which sees one version
   * through all its phases. Absent: all hold what they held when the gateway was built.
   */
  readonly networks?: () => ReloadedNetworks;
  /** What calls to AWS are signed with, or undefined where the deployment has none. Never rejects. */
  readonly awsCredentials: () => Promise<AwsCredentials | undefined>;
  /** `data` without its coding, at most `most` bytes, no more of which are ever held. Never rejects. Absent: no coding can be undone. */
  readonly decode?: (coding: RequestCoding, data: Uint8Array, most: number) => Promise<Decoded>;
  /** Absent: all stores are away. */
  readonly shared?: SharedCounts;
};

export type KeyAnswer = readonly Jwk[] | undefined;
export type DigestAlgorithm = "sha256" | "sha384" | "sha512";

/** `url` is absolute, `http:` or `https:`. Times in milliseconds, sizes in bytes. The host adds `host`, `content-length` and `connection`. */
export type Question = {
  readonly method: "GET" | "POST" | "PUT";
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body?: Uint8Array;
  /** From the start to the last byte of the answer. */
  readonly timeout: number;
  readonly mostBytes: number;
};

export type Reply =
  | {
      readonly kind: "answer";
      readonly status: number;
      /** Names lower-case, one character a byte (latin1). */
      readonly headers: readonly (readonly [name: string, value: string])[];
      readonly body: Uint8Array;
    }
  /** `timeout`: not all came in time. `failed`: no connection, a broken or encoded answer, or more than `mostBytes`. */
  | { readonly kind: "timeout" }
  | { readonly kind: "failed"; readonly why: string };

export type VerificationKey = { readonly kind: "jwk"; readonly jwk: Jwk } | { readonly kind: "secret"; readonly secret: string };
export type Jwk = Readonly<Record<string, unknown>>;

/** What a deployment binds when the gateway starts. Text as in the environment: the gateway reads it by the declared types. */
export type Configuration = {
  readonly stage: string | undefined;
  readonly variables: Readonly<Record<string, string | undefined>>;
};
