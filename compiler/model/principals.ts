/** The callers of a `sigv4` identity: who has which access keys, and what is known of each. Made from a principals file. */
import type { Span } from "../../grammar/source/span.ts";

export type SigV4Caller = {
  /** A role acts in sessions: each is a caller of its own. */
  readonly type: "user" | "role";
  /** 12 digits. */
  readonly account: string;
  /** Of the user, or of the session: `arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION`. */
  readonly arn: string;
  /** What AWS calls `aws:userid`: `ID`, or `ID:SESSION`. */
  readonly id: string;
  /** Of the user or role. */
  readonly name: string;
  readonly session?: { readonly name: string; readonly roleArn: string };
  /** Of the account: its id, and where in it the account is, `o-.../r-.../ou-.../`, where the file says so. */
  readonly organization?: { readonly id: string; readonly path?: string };
  /** Of a session, in milliseconds since 1970 UTC: when it proved a second factor, and when its credentials were issued. */
  readonly mfaAt?: number;
  readonly issuedAt?: number;
  /** Sorted. */
  readonly groups: readonly string[];
  /** By key, in any spelling that AWS allows. */
  readonly tags: Readonly<Record<string, string>>;
  readonly policies: CallerPolicyNumbers;
  /** Those that are active. At least one. */
  readonly keys: readonly CallerKey[];
  readonly span: Span;
};

/** Numbers of `Program.documents`. `identity`: its own and its groups'. What is absent does not narrow. */
export type CallerPolicyNumbers = {
  readonly identity: readonly number[];
  readonly boundary?: number;
  readonly session?: readonly number[];
};

/** `secret` and `token` are names of secrets. `expires` in milliseconds since 1970 UTC. */
export type CallerKey = { readonly id: string; readonly secret: string; readonly token?: string; readonly expires?: number };
