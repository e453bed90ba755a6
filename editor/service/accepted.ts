/** Whom a place may meet. */
import type { Reads } from "../../compiler/check/expressions/place.ts";

/** Identities that a caller may have here; undefined where that is not known. */
export function acceptedIdentities(reads: Reads | undefined): readonly string[] | undefined {
  return reads?.kind === "request" && "callers" in reads.principal ? [...new Set(reads.principal.callers.flat())] : undefined;
}

/** Whether some caller has several identities, so that `principal.NAME` says which is meant. */
export function meetsSeveral(reads: Reads | undefined): boolean {
  return reads?.kind === "request" && "callers" in reads.principal && reads.principal.callers.some((caller) => caller.length > 1);
}
