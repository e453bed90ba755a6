/** The settings of a `sigv4` identity, bound when the gateway starts, and what checking a signature gives. */
import type { Principal } from "./gateway.ts";
import type { World } from "./world.ts";

export type SigV4Settings = {
  readonly identity: string;
  /** The third part of the scope: `execute-api`. */
  readonly service: string;
  /** Any of these may be the second part of the scope. Not empty. */
  readonly regions: readonly string[];
  /** Whether a body may come without being signed, where the client says so. */
  readonly unsignedPayload: boolean;
  /** Distinct ids. */
  readonly keys: readonly AccessKey[];
};

export type AccessKey = {
  readonly id: string;
  readonly secret: string;
  /** Of session credentials: must come with every request. */
  readonly token?: string;
  /** Milliseconds since 1970 UTC; from then on the key is no good. */
  readonly expires?: number;
  readonly principal: Principal;
};

export type Hashing = Pick<World, "digest" | "hmac">;

/** Why a signature was refused: for `explain` and tests, never shown to the client. */
export type SigV4Fault =
  | "no-signature" // neither form came
  | "both-forms" // header and query
  | "other-algorithm" // SigV4a and all else
  | "malformed-authorization"
  | "malformed-query" // a parameter is missing, comes twice or has another form
  | "repeated-field" // an x-amz-* or date field came twice
  | "no-date"
  | "malformed-date"
  | "other-day" // the scope's day is not the date's
  | "other-region"
  | "other-service"
  | "other-terminator"
  | "not-yet" // more than 5 minutes ahead
  | "too-old" // more than 5 minutes ago, or past X-Amz-Expires
  | "malformed-signed-headers" // not sorted, lower-case, distinct
  | "signed-header-missing"
  | "header-not-signed" // `host` or an x-amz-* field
  | "streaming-payload" // STREAMING-*: chunk signatures are not verified
  | "unsigned-payload" // not allowed here
  | "malformed-payload-hash"
  | "other-payload" // the body is not the one that was signed
  | "unknown-key"
  | "expired-key"
  | "other-token" // no session token, another one, or one that does not belong
  | "other-signature";
