/** What rules may read of a caller, taken out of what came: nothing else goes on. */
import type { ClaimData } from "../contract/claim-data.ts";
import { fits } from "../kernel/fits.ts";
import { scopesOf } from "./scopes.ts";

export type Members = Readonly<Record<string, unknown>>;

/** By their GWL names, as they came; or why they do not fit. */
export function readClaims(declared: readonly ClaimData[], members: Members): Members | string {
  const claims: [string, unknown][] = [];
  for (const { name, claim, type, scopes } of declared) {
    if (scopes !== undefined) {
      const granted = scopesOf(members, scopes);
      if (granted === undefined) return "its scopes are no text and no list of texts";
      claims.push([name, granted]);
    } else if (Object.hasOwn(members, claim)) {
      const value = members[claim];
      if (!fits(type, value)) return `the claim \`${claim}\` does not fit its type`;
      claims.push([name, value]);
    } else if (type.kind !== "optional") {
      return `the claim \`${claim}\` is missing`;
    }
  }
  return Object.fromEntries(claims);
}
