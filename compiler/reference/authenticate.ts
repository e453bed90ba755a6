/** Who calls: every accepted identity is tried, and exactly one must verify (D8). Knows nothing of rules, and no kind of identity. */
import type { BoundIdentity, Presented, Unverified, Verified } from "./identity.ts";

/** `why` is for `explain`: never shown to the client. */
export type Unauthenticated = {
  readonly cause: "unauthenticated" | (typeof UNDECIDED)[number];
  readonly challenges?: readonly string[];
  readonly why: string;
};

/** Nobody can tell whether the credential is good; the first that is found answers. */
const UNDECIDED = ["keys-unavailable", "body-too-large", "incomplete-body"] as const;

export async function authenticate(accepted: readonly BoundIdentity[], presented: Presented): Promise<Verified | Unauthenticated> {
  const found: Verified[] = [];
  const reasons: string[] = [];
  const causes: Unverified[] = [];
  for (const identity of accepted) {
    const result = await identity.verify(presented);
    if (typeof result === "object" && "principal" in result) {
      found.push(result);
      continue;
    }
    const { cause, why } = typeof result === "object" ? result : { cause: result, why: result === "absent" ? "no token" : result };
    causes.push(cause);
    reasons.push(`${identity.name}: ${why}`);
  }
  const [verified] = found;
  if (verified && found.length === 1) return verified;
  const undecided = UNDECIDED.find((cause) => causes.includes(cause));
  if (!verified && undecided) return { cause: undecided, why: reasons.join(", ") };
  const challenges = accepted.map((identity) => identity.challenge(presented));
  const why = verified ? "more than one identity verified" : reasons.join(", ");
  return { cause: "unauthenticated", challenges: [...new Set(challenges)], why };
}
