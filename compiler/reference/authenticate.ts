/** Who calls: every accepted identity is tried, and exactly one must verify (D8). Knows nothing of rules, and no kind of identity. */
import type { BoundIdentity, Presented, Verified } from "./identity.ts";

/** `why` is for `explain`: never shown to the client. */
export type Unauthenticated = {
  readonly cause: "unauthenticated" | "keys-unavailable";
  readonly challenges?: readonly string[];
  readonly why: string;
};

export async function authenticate(accepted: readonly BoundIdentity[], presented: Presented): Promise<Verified | Unauthenticated> {
  const found: Verified[] = [];
  const reasons: string[] = [];
  let keysWereMissing = false;
  for (const identity of accepted) {
    const result = await identity.verify(presented);
    if (typeof result === "object") found.push(result);
    else reasons.push(`${identity.name}: ${result === "absent" ? "no token" : result}`);
    keysWereMissing ||= result === "keys-unavailable";
  }
  const [verified] = found;
  if (verified && found.length === 1) return verified;
  if (!verified && keysWereMissing) return { cause: "keys-unavailable", why: reasons.join(", ") };
  const challenges = accepted.map((identity) => identity.challenge(presented));
  const why = verified ? "more than one identity verified" : reasons.join(", ");
  return { cause: "unauthenticated", challenges: [...new Set(challenges)], why };
}
