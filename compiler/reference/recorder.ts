/** Who listens while a request is decided. Promises: listening changes nothing. */
import type { EffectiveRule } from "./effective-rules.ts";

/** The phases in their order. */
export type PhaseName =
  | "canonical request"
  | "client address"
  | "preflight"
  | "route"
  | "single fields"
  | "upgrade"
  | "entry"
  | "rules before authentication"
  | "authentication"
  | "rules about the caller"
  | "limits"
  | "body"
  | "rules about the body"
  | "answer";

export type Recorder = {
  /** A phase ended; `happened` in the user's words. */
  readonly phase: (name: PhaseName, happened: string) => void;
  /** The effective rules of the route that was found, before any is asked. */
  readonly found: (rules: readonly EffectiveRule[]) => void;
  readonly asked: (phase: PhaseName, rule: EffectiveRule, isTrue: boolean) => void;
};

export const nobody: Recorder = { phase: () => {}, found: () => {}, asked: () => {} };
